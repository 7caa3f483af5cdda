package dev.crud.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the edges of numbers.
 */
final class NumberEdges {

	private static final BigDecimal TWO = BigDecimal.valueOf(2);

	private NumberEdges() {
	}

	static Edges of(IntegerType type) {
		return edges(type, BigDecimal.ONE, BigDecimal::toPlainString, new BigDecimal("0.5"));
	}

	static Edges of(DoubleType type) {
		return edges(type, new BigDecimal("0.42"), (number) -> Double.toString(number.doubleValue()),
				new BigDecimal("0.00000000000000000000001"));
	}

	static Edges of(DecimalType type) {
		int scale = type.scale;
		BigDecimal step = BigDecimal.ONE.movePointLeft(scale);
		return edges(type, step, (number) -> number.setScale(scale).toPlainString(), step.movePointLeft(1));
	}

	/**
	 * Returns the edges of a type's range.
	 * @param type the type
	 * @param step the difference between two neighbouring values
	 * @param text writes a number as answers do
	 * @param tooFine an amount so small that a value plus this amount is no longer a
	 * value
	 */
	private static Edges edges(NumericType type, BigDecimal step, Function<BigDecimal, String> text,
			BigDecimal tooFine) {
		List<String> values = Stream
			.of(type.min(), type.min().add(step), type.min().add(type.max()).divideToIntegralValue(TWO), BigDecimal.TEN,
					new BigDecimal("9"), type.max().subtract(step), type.max())
			.filter((number) -> number.compareTo(type.min()) >= 0 && number.compareTo(type.max()) <= 0)
			.map((number) -> new BigDecimal(text.apply(number)))
			.sorted()
			.distinct()
			.map(text)
			.toList();
		return new Edges(values, spellings(type, text), refused(type, step, tooFine), refusedTexts(type, step));
	}

	private static Map<String, String> spellings(NumericType type, Function<BigDecimal, String> text) {
		Map<String, String> spellings = new LinkedHashMap<>();
		spellings.put(type.max().toPlainString(), text.apply(type.max()));
		spellings.put(type.max().stripTrailingZeros().unscaledValue() + "E" + -type.max().stripTrailingZeros().scale(),
				text.apply(type.max()));
		if (type.max().scale() <= 0) {
			spellings.put(type.max().toPlainString() + ".000", text.apply(type.max()));
		}
		return spellings;
	}

	private static List<String> refused(NumericType type, BigDecimal step, BigDecimal tooFine) {
		String max = type.max().toPlainString();
		List<String> refused = new ArrayList<>(
				List.of(type.min().subtract(step).toPlainString(), type.max().add(step).toPlainString(),
						type.max().add(tooFine).toPlainString(), type.max().subtract(tooFine).toPlainString(), "1e400",
						"-1e400", "1e99999999999", "true", "[" + max + "]", '"' + max + '"', "\"NaN\"", "\"\""));
		refused.add("9".repeat(500));
		return refused;
	}

	private static List<String> refusedTexts(NumericType type, BigDecimal step) {
		return List.of(type.min().subtract(step).toPlainString(), type.max().add(step).toPlainString(), "x", "NaN",
				"Infinity", "0x10", "1,5", " " + type.max().toPlainString(), "1e400");
	}

}
