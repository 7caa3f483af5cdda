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

	private static final long PARTS = 10_000;

	private static final long FRACTION = (1L << 52) - 1;

	DoubleType(long min, long max) {
		super("", Double.class, "double precision", min, max,
				schema("type", "number", "format", "double", "minimum", min, "maximum", max));
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
	 * Returns whether these are digits that programs print for the double. Some are not
	 * the shortest: JavaScript and Python print 5e-324, and Java prints 4.9E-324. Java 17
	 * prints one digit too many for some subnormal doubles, and up to three too many, 17
	 * in all, for some powers of two (JDK-4511638). All of these are the exact value of
	 * the double, rounded.
	 */
	private static boolean isPrinted(BigDecimal number, double kept, int digits) {
		MathContext precision = new MathContext(number.stripTrailingZeros().precision(), RoundingMode.HALF_EVEN);
		boolean subnormal = Math.abs(kept) < Double.MIN_NORMAL;
		int most = (digits > 12 && isPowerOfTwo(kept, subnormal)) ? Math.min(digits + 3, 17)
				: subnormal ? digits + 1 : digits;
		return precision.getPrecision() <= most && new BigDecimal(kept).round(precision).compareTo(number) == 0;
	}

	private static boolean isPowerOfTwo(double number, boolean subnormal) {
		return Long.bitCount(Double.doubleToRawLongBits(number) & FRACTION) == (subnormal ? 1 : 0);
	}

	/** Most numbers have few digits, which are found sooner without a search. */
	@Override
	void json(Object value, Output out) {
		double number = (Double) value;
		long parts = Math.round(number * PARTS);
		if (number < 0.001 || number >= 1_000_000 || parts / (double) PARTS != number) {
			super.json(value, out);
			return;
		}
		out.integer(parts / PARTS);
		out.write('.');
		long rest = parts % PARTS;
		for (long unit = PARTS / 10; unit == PARTS / 10 || rest > 0; unit /= 10) {
			out.write((char) ('0' + rest / unit));
			rest %= unit;
		}
	}

	@Override
	public String text(Object value) {
		return NumberOutput.toString((Double) value, true);
	}

}
