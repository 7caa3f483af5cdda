package dev.crud.passenger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import dev.crud.LocalPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which indexes Postgres uses for lists of a million passengers.
 */
@Tag("long")
class PlansIT {

	private static final int ROWS = 1_000_000;

	private static LocalPostgres postgres;

	@BeforeAll
	static void load() {
		postgres = LocalPostgres.start();
		postgres.execute(
				"""
						INSERT INTO passengers (survived, passenger_class, name, sex, age, siblings_or_spouses_aboard,
						                        parents_or_children_aboard, fare)
						SELECT i %% 5 < 2, 1 + i %% 3, 'Passenger ' || md5(i::text), CASE WHEN i %% 3 = 0 THEN 'female' ELSE 'male' END,
						       (i * 7 %% 800) / 10.0, i %% 4, i %% 3, (i * 13 %% 51200) / 100.0
						FROM generate_series(1, %d) i
						"""
					.formatted(ROWS));
		postgres.execute("VACUUM ANALYZE passengers");
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "ORDER BY uuid | passengers_pkey",
			"WHERE uuid > '01000000-0000-7000-8000-000000000000' ORDER BY uuid | passengers_pkey",
			"ORDER BY name, uuid | passengers_name", "ORDER BY name DESC, uuid DESC | passengers_name",
			"ORDER BY age, uuid | passengers_age", "ORDER BY age DESC, uuid DESC | passengers_age",
			"WHERE (age, uuid) > (30, '01000000-0000-7000-8000-000000000000') ORDER BY age, uuid | passengers_age",
			"WHERE (survived, uuid) < (true, '01000000-0000-7000-8000-000000000000') ORDER BY survived DESC, uuid DESC | passengers_survived",
			"ORDER BY fare, uuid | passengers_fare", "ORDER BY fare DESC, uuid DESC | passengers_fare",
			"WHERE fare >= 511.9 AND fare <= 512 ORDER BY fare, uuid | passengers_fare",
			"ORDER BY survived, uuid | passengers_survived", "ORDER BY survived DESC, uuid DESC | passengers_survived",
			"ORDER BY passenger_class, uuid | passengers_passenger_class",
			"ORDER BY passenger_class DESC, uuid DESC | passengers_passenger_class",
			"ORDER BY sex, uuid | passengers_sex", "ORDER BY sex DESC, uuid DESC | passengers_sex",
			"ORDER BY siblings_or_spouses_aboard, uuid | passengers_siblings",
			"ORDER BY siblings_or_spouses_aboard DESC, uuid DESC | passengers_siblings",
			"ORDER BY parents_or_children_aboard, uuid | passengers_parents",
			"ORDER BY parents_or_children_aboard DESC, uuid DESC | passengers_parents",
			"WHERE lower(name) LIKE '%deadb%' ORDER BY uuid | passengers_name_substring",
			"WHERE uuid = ANY ((SELECT '{01000000-0000-7000-8000-000000000000}')::uuid[]) | passengers_pkey",
			"WHERE survived = true ORDER BY uuid | passengers_pkey",
			"WHERE passenger_class = 2 ORDER BY uuid | passengers_pkey",
			"WHERE sex = 'female' ORDER BY uuid | passengers_pkey" })
	void eachSortAndFilterHasItsIndex(String query, String index) throws SQLException {
		String plan = explain(
				"SELECT uuid, version, survived, passenger_class, name, sex, age, siblings_or_spouses_aboard, "
						+ "parents_or_children_aboard, fare FROM passengers " + query + " LIMIT 101");
		System.out.printf("PLAN %s%n%s%n", query, plan);
		assertThat(plan).doesNotContain("Seq Scan")
			.containsPattern("(Scan using|Scan Backward using|on) " + index + "\\b");
	}

	private static String explain(String query) throws SQLException {
		StringBuilder plan = new StringBuilder();
		try (Connection connection = postgres.connect();
				ResultSet lines = connection.createStatement()
					.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) " + query)) {
			while (lines.next()) {
				plan.append(lines.getString(1)).append('\n');
			}
		}
		return plan.toString();
	}

}
