package dev.passengers.passenger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.io.NumberOutput;

/**
 * Writes passengers as text. Hand-written where a generator would cost more than the rest
 * of a request; what is hard, escapes and shortest decimals, is Jackson's.
 */
public final class RowWriter {

	private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();

	private static final byte[] CSV_HEADER = ascii(
			"uuid,survived,passengerClass,name,sex,age," + "siblingsOrSpousesAboard,parentsOrChildrenAboard,fare\r\n");

	private static final byte[] UUID = ascii("{\"uuid\":\"");

	private static final byte[] SURVIVED = ascii("\",\"survived\":");

	private static final byte[] PASSENGER_CLASS = ascii(",\"passengerClass\":");

	private static final byte[] NAME = ascii(",\"name\":\"");

	private static final byte[] SEX = ascii("\",\"sex\":\"");

	private static final byte[] AGE = ascii("\",\"age\":");

	private static final byte[] SIBLINGS = ascii(",\"siblingsOrSpousesAboard\":");

	private static final byte[] PARENTS = ascii(",\"parentsOrChildrenAboard\":");

	private static final byte[] FARE = ascii(",\"fare\":");

	private RowWriter() {
	}

	/**
	 * Writes a passenger as a JSON object, fields in the order of the contract.
	 * @param passenger the passenger
	 * @param out where to
	 */
	public static void json(Passenger passenger, ByteArrayOutputStream out) {
		Details details = passenger.details();
		out.writeBytes(UUID);
		write(passenger.uuid().toString(), out);
		out.writeBytes(SURVIVED);
		write(Boolean.toString(details.survived()), out);
		out.writeBytes(PASSENGER_CLASS);
		write(details.passengerClass(), out);
		out.writeBytes(NAME);
		out.writeBytes(ESCAPES.quoteAsUTF8(details.name()));
		out.writeBytes(SEX);
		write(details.sex(), out);
		out.writeBytes(AGE);
		write(details.age(), out);
		out.writeBytes(SIBLINGS);
		write(details.siblingsOrSpousesAboard(), out);
		out.writeBytes(PARENTS);
		write(details.parentsOrChildrenAboard(), out);
		out.writeBytes(FARE);
		write(details.fare(), out);
		out.write('}');
	}

	/**
	 * Writes the names of the CSV columns.
	 * @param out where to
	 */
	public static void csvHeader(ByteArrayOutputStream out) {
		out.writeBytes(CSV_HEADER);
	}

	/**
	 * Writes a passenger as a row of CSV (RFC 4180).
	 * @param passenger the passenger
	 * @param out where to
	 */
	public static void csv(Passenger passenger, ByteArrayOutputStream out) {
		Details details = passenger.details();
		write(passenger.uuid().toString(), out);
		out.write(',');
		write(Boolean.toString(details.survived()), out);
		out.write(',');
		write(details.passengerClass(), out);
		out.write(',');
		out.writeBytes(csvText(details.name()).getBytes(StandardCharsets.UTF_8));
		out.write(',');
		write(details.sex(), out);
		out.write(',');
		write(details.age(), out);
		out.write(',');
		write(details.siblingsOrSpousesAboard(), out);
		out.write(',');
		write(details.parentsOrChildrenAboard(), out);
		out.write(',');
		write(details.fare(), out);
		out.write('\r');
		out.write('\n');
	}

	private static String csvText(String value) {
		boolean plain = value.chars().noneMatch((c) -> c == ',' || c == '"' || c == '\r' || c == '\n');
		return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
	}

	private static void write(double value, ByteArrayOutputStream out) {
		write(NumberOutput.toString(value, true), out);
	}

	private static void write(int value, ByteArrayOutputStream out) {
		write(Integer.toString(value), out);
	}

	private static void write(String value, ByteArrayOutputStream out) {
		out.writeBytes(ascii(value));
	}

	private static byte[] ascii(String value) {
		return value.getBytes(StandardCharsets.US_ASCII);
	}

}
