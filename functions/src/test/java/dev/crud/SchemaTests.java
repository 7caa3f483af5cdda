package dev.crud;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.crud.table.Column;
import dev.crud.table.FilterKind;
import dev.crud.table.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the migrations create the schema that the declaration asks for.
 */
class SchemaTests {

	private static final Table TABLE = Declaration.TABLE;

	@Test
	void columnsAreThoseDeclared() {
		List<String> declared = new ArrayList<>(List.of("uuid uuid NOT NULL", "version bigint NOT NULL"));
		TABLE.columns().forEach((column) -> declared.add(column(column)));
		assertThat(Shared.query("""
				SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), 'COLLATE ' || collname,
				                 CASE WHEN attnotnull THEN 'NOT NULL' END)
				FROM pg_attribute LEFT JOIN pg_collation ON pg_collation.oid = attcollation
				WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
				""", TABLE.name())).containsExactlyInAnyOrderElementsOf(declared);
	}

	private static String column(Column column) {
		return column.inDatabase() + " " + column.type().sqlType()
				+ (column.type().isText() ? " COLLATE pg_c_utf8" : "") + (column.optional() ? "" : " NOT NULL");
	}

	@Test
	void indexesAreThoseThatFiltersAndSortsNeed() {
		List<String> needed = new ArrayList<>(List.of("UNIQUE btree (uuid)"));
		TABLE.columns().stream().flatMap(SchemaTests::indexes).forEach(needed::add);
		assertThat(Shared.query("""
				SELECT CASE WHEN indisunique THEN 'UNIQUE ' ELSE '' END
				       || substring(pg_get_indexdef(indexrelid) FROM ' USING (.*)')
				FROM pg_index WHERE indrelid = ?::regclass
				""", TABLE.name())).containsExactlyInAnyOrderElementsOf(needed);
	}

	private static Stream<String> indexes(Column column) {
		List<String> indexes = new ArrayList<>();
		boolean compared = column.filters().stream().anyMatch((kind) -> kind != FilterKind.CONTAINS);
		if (column.sorted() || compared) {
			indexes.add("btree (" + column.inDatabase() + ", uuid)");
		}
		if (column.filters().contains(FilterKind.CONTAINS)) {
			indexes.add("gin (lower(" + column.inDatabase() + ") gin_trgm_ops)");
		}
		return indexes.stream();
	}

	static List<Column> columns() {
		return TABLE.columns();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("columns")
	void checksLetThroughWhatIsDeclaredAndNothingElse(Column column) {
		Map<String, Object> schema = column.type().schema();
		if (schema.get("minimum") instanceof BigDecimal min && schema.get("maximum") instanceof BigDecimal max) {
			BigDecimal step = (schema.get("multipleOf") instanceof BigDecimal multiple) ? multiple : BigDecimal.ONE;
			assertThat(state(column, min.toPlainString())).isEmpty();
			assertThat(state(column, max.toPlainString())).isEmpty();
			assertThat(state(column, min.subtract(step).toPlainString())).isNotEmpty();
			assertThat(state(column, max.add(step).toPlainString())).isNotEmpty();
		}
		else if (schema.get("enum") instanceof List<?> values) {
			values.forEach((value) -> assertThat(state(column, (String) value)).isEmpty());
			assertThat(state(column, values.get(0) + "x")).isNotEmpty();
		}
		else if (schema.get("maxLength") instanceof Integer most) {
			assertThat(state(column, "\uD83D\uDEA2".repeat(most))).isEmpty();
			assertThat(state(column, "\uD83D\uDEA2".repeat(most + 1))).isNotEmpty();
			assertThat(state(column, " ")).isNotEmpty();
		}
		assertThat(state(column, column.example())).isEmpty();
	}

	/**
	 * Inserts a row with the examples, except for one value, and rolls back.
	 * @return the SQLSTATE of the error; empty when the row is allowed
	 */
	private static String state(Column column, String text) {
		List<String> names = TABLE.columns().stream().map(Column::inDatabase).toList();
		Object[] values = TABLE.columns()
			.stream()
			.map((other) -> other.equals(column) ? text : other.example())
			.toArray();
		List<String> casts = TABLE.columns().stream().map((other) -> "?::" + other.type().sqlType()).toList();
		String sql = "INSERT INTO %s (%s) VALUES (%s)".formatted(TABLE.name(), String.join(", ", names),
				String.join(", ", casts));
		try (Connection connection = Shared.POSTGRES.connect();
				PreparedStatement insert = connection.prepareStatement(sql)) {
			connection.setAutoCommit(false);
			for (int i = 0; i < values.length; i++) {
				insert.setObject(i + 1, values[i]);
			}
			insert.execute();
			connection.rollback();
			return "";
		}
		catch (SQLException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
