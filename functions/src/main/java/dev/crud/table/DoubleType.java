package dev.crud.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

import tools.jackson.core.io.NumberOutput;

/**
 * 64-bit floating-point numbers (IEEE 754), written as the shortest decimal that denotes
 * them.
 */
final class DoubleType extends NumericType {

	DoubleType(long min, long max) {
		super("", Double.class, "double precision", BigDecimal.valueOf(min), BigDecimal.valueOf(max), schema("type",
				"number", "format", "double", "minimum", BigDecimal.valueOf(min), "maximum", BigDecimal.valueOf(max)));
	}

	@Override
	Object keep(BigDecimal number) throws InvalidValueException {
		double kept = number.doubleValue();
		BigDecimal shown = new BigDecimal(text(kept));
		if (shown.compareTo(number) != 0 && !isPrinted(number, kept, shown.precision())) {
			throw new InvalidValueException("has more digits than a 64-bit floating-point number (IEEE 754) keeps");
		}
		return kept;
	}

	/**
	 * Subnormal doubles have few digits, and programs differ on them: JavaScript and
	 * Python print 5e-324, Java 4.9E-324, and Java 17 sometimes a digit more than needed.
	 * All of these are the double, rounded.
	 */
	private static boolean isPrinted(BigDecimal number, double kept, int digits) {
		MathContext precision = new MathContext(number.stripTrailingZeros().precision(), RoundingMode.HALF_EVEN);
		return Math.abs(kept) < Double.MIN_NORMAL && precision.getPrecision() <= digits + 1
				&& new BigDecimal(kept).round(precision).compareTo(number) == 0;
	}

	@Override
	public String text(Object value) {
		return NumberOutput.toString((Double) value, true);
	}

}
