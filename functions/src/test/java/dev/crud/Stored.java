package dev.crud;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.crud.table.Column;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the declared table directly, without the functions.
 */
public final class Stored {

	/** The table's name, quoted. */
	public static final String TABLE = '"' + Declaration.TABLE.name() + '"';

	private Stored() {
	}

	/**
	 * Counts all rows.
	 * @return how many there are
	 */
	public static int count() {
		return Integer.parseInt(Shared.query("SELECT count(*) FROM " + TABLE).get(0));
	}

	/**
	 * Counts the rows with these values.
	 * @param body the values
	 * @return how many there are
	 */
	public static int count(Body body) {
		return count(body, "TRUE");
	}

	private static int count(Body body, String where, String... more) {
		String equal = Body.COLUMNS.stream()
			.map((column) -> column(column) + " IS NOT DISTINCT FROM " + parameter(column))
			.collect(Collectors.joining(" AND ", "SELECT count(*) FROM " + TABLE + " WHERE ", " AND " + where));
		List<Object> parameters = new ArrayList<>();
		Body.COLUMNS.forEach((column) -> parameters.add(body.text(column)));
		parameters.addAll(List.of(more));
		return Integer.parseInt(Shared.query(equal, parameters.toArray()).get(0));
	}

	private static String parameter(Column column) {
		return "nullif(?, '')::" + column.type().sqlType();
	}

	private static String column(Column column) {
		return '"' + column.inDatabase() + '"';
	}

	/**
	 * Asserts that a row has these values.
	 * @param uuid the key of the row
	 * @param body the values that it must have
	 */
	public static void assertRow(String uuid, Body body) {
		assertThat(count(body, "uuid = ?::uuid", uuid)).as("%s as %s", row(uuid), body).isEqualTo(1);
	}

	/**
	 * Asserts that there is no such row.
	 * @param uuid the key of the row
	 */
	public static void assertNone(String uuid) {
		assertThat(row(uuid)).isEmpty();
	}

	/**
	 * Returns a row.
	 * @param uuid the key of the row
	 * @return the row as Postgres shows it; empty when there is none
	 */
	static List<String> row(String uuid) {
		return Shared.query("SELECT to_json(t) FROM " + TABLE + " t WHERE uuid = ?::uuid", uuid);
	}

	/**
	 * Returns a statement that inserts many rows, half of them with the values of
	 * {@link Body#example()} and half with those of {@link Body#other()}.
	 * @param rows how many rows
	 * @return SQL
	 */
	public static String insert(int rows) {
		Body example = Body.example();
		Body other = Body.other();
		String values = Body.COLUMNS.stream()
			.map((column) -> "CASE WHEN i %% 2 = 0 THEN %s ELSE %s END".formatted(literal(column, example),
					literal(column, other)))
			.collect(Collectors.joining(", "));
		return "INSERT INTO %s (%s) SELECT %s FROM generate_series(1, %d) i".formatted(TABLE,
				Body.COLUMNS.stream().map(Stored::column).collect(Collectors.joining(", ")), values, rows);
	}

	private static String literal(Column column, Body body) {
		return "nullif('" + body.text(column).replace("'", "''") + "', '')::" + column.type().sqlType();
	}

}
