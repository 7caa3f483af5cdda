package dev.crud.table;

import java.math.BigDecimal;

/**
 * Exact decimals, which are written with all of their decimals.
 */
final class DecimalType extends NumericType {

	private final int precision;

	final int scale;

	DecimalType(int precision, int scale, BigDecimal min, BigDecimal max) {
		super("", BigDecimal.class, "numeric(" + precision + "," + scale + ")", min, max, schema("type", "number",
				"minimum", min, "maximum", max, "multipleOf", BigDecimal.ONE.movePointLeft(scale)));
		this.precision = precision;
		this.scale = scale;
		if (scale < 0 || precision < 1 || precision > 1000 || scale > precision || !fits(min) || !fits(max)) {
			throw new IllegalArgumentException("numeric(%d,%d) can't have all from %s to %s".formatted(precision, scale,
					min.toPlainString(), max.toPlainString()));
		}
	}

	private boolean fits(BigDecimal number) {
		BigDecimal stripped = number.stripTrailingZeros();
		return stripped.scale() <= this.scale && stripped.precision() - stripped.scale() <= this.precision - this.scale;
	}

	/** r2dbc-postgresql 1.1.3 reads a binary 0.00 as 0. */
	@Override
	public boolean isReadAsText() {
		return true;
	}

	@Override
	Object keep(BigDecimal number) throws InvalidValueException {
		if (number.stripTrailingZeros().scale() > this.scale) {
			throw new InvalidValueException("must have at most " + this.scale + " decimals");
		}
		return number.setScale(this.scale);
	}

	@Override
	public String text(Object value) {
		return ((BigDecimal) value).toPlainString();
	}

}
