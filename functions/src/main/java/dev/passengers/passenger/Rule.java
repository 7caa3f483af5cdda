package dev.passengers.passenger;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

import tools.jackson.core.io.NumberOutput;

/**
 * What a field allows. Nothing is coerced: a value is kept exactly as it was written, or
 * refused.
 */
interface Rule {

	/** What is written as a JSON number (RFC 8259), at a length that is safe to parse. */
	Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,400})(\\.\\d{1,400})?([eE][+-]?\\d{1,4})?");

	Rule TRUTH = new Rule() {

		@Override
		public Object parse(String text) throws BrokenRule {
			return switch (text) {
				case "true" -> true;
				case "false" -> false;
				default -> throw new BrokenRule("must be true or false");
			};
		}

		@Override
		public Object check(Object value) throws BrokenRule {
			if (value instanceof Boolean) {
				return value;
			}
			throw new BrokenRule("must be true or false");
		}

	};

	Rule PART_OF_NAME = (value) -> {
		if (!(value instanceof String text)) {
			throw new BrokenRule("must be a string");
		}
		int length = text.codePointCount(0, text.length());
		if (length < 1 || length > 150) {
			throw new BrokenRule("must have 1 to 150 characters");
		}
		// A surrogate in codePoints() is one without its other half.
		if (text.codePoints().anyMatch((point) -> point == 0 || (point >= 0xD800 && point <= 0xDFFF))) {
			throw new BrokenRule("must not contain U+0000 or a lone surrogate");
		}
		return text;
	};

	Rule NAME = (value) -> {
		String name = (String) PART_OF_NAME.check(value);
		if (name.codePoints().allMatch((point) -> Character.isWhitespace(point) || Character.isSpaceChar(point))) {
			throw new BrokenRule("must not be blank");
		}
		return name;
	};

	Rule SEX = (value) -> {
		if ("male".equals(value) || "female".equals(value)) {
			return value;
		}
		throw new BrokenRule("must be male or female");
	};

	static Rule integer(int min, int max) {
		return new Numeric("must be an integer between " + min + " and " + max, min, max) {

			@Override
			Object keep(BigDecimal number) throws BrokenRule {
				if (number.stripTrailingZeros().scale() > 0) {
					throw new BrokenRule(this.allowed);
				}
				return number.intValueExact();
			}

		};
	}

	static Rule number(int max) {
		return new Numeric("must be between 0 and " + max, 0, max) {

			@Override
			Object keep(BigDecimal number) throws BrokenRule {
				double kept = number.doubleValue();
				// The shortest decimal that denotes the double: what an answer will show.
				BigDecimal shown = new BigDecimal(NumberOutput.toString(kept, true));
				if (shown.compareTo(number) != 0 && !isPrinted(number, kept, shown.precision())) {
					throw new BrokenRule("has more digits than a 64-bit floating-point number (IEEE 754) keeps");
				}
				return kept;
			}

			/**
			 * Subnormal doubles have few digits, and programs differ on them: JavaScript
			 * and Python print 5e-324, Java 4.9E-324, and Java 17 sometimes a digit more
			 * than needed. All of these are the double, rounded.
			 */
			private static boolean isPrinted(BigDecimal number, double kept, int digits) {
				MathContext precision = new MathContext(number.stripTrailingZeros().precision(),
						RoundingMode.HALF_EVEN);
				return kept < Double.MIN_NORMAL && precision.getPrecision() <= digits + 1
						&& new BigDecimal(kept).round(precision).compareTo(number) == 0;
			}

		};
	}

	Object check(Object value) throws BrokenRule;

	default Object parse(String text) throws BrokenRule {
		return text;
	}

	abstract class Numeric implements Rule {

		final String allowed;

		private final BigDecimal min;

		private final BigDecimal max;

		Numeric(String allowed, int min, int max) {
			this.allowed = allowed;
			this.min = BigDecimal.valueOf(min);
			this.max = BigDecimal.valueOf(max);
		}

		@Override
		public Object parse(String text) throws BrokenRule {
			if (!NUMBER.matcher(text).matches()) {
				throw new BrokenRule(this.allowed);
			}
			return new BigDecimal(text);
		}

		@Override
		public Object check(Object value) throws BrokenRule {
			if (!(value instanceof BigDecimal number) || number.compareTo(this.min) < 0
					|| number.compareTo(this.max) > 0) {
				throw new BrokenRule(this.allowed);
			}
			return keep(number);
		}

		abstract Object keep(BigDecimal number) throws BrokenRule;

	}

}
