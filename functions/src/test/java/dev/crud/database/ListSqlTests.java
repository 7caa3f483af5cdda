package dev.crud.database;

import java.util.List;

import dev.crud.Declaration;
import dev.crud.Pages;
import dev.crud.Routes;
import dev.crud.RunningFunctions;
import dev.crud.Shared;
import dev.crud.Stored;
import dev.crud.function.ListQuery;
import dev.crud.function.Sort;
import dev.crud.table.RowFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what Postgres does for a list of all rows.
 */
class ListSqlTests {

	@Test
	@DisplayName("a short list of all rows is neither sorted by Postgres nor read by an index")
	void smallTableIsReadAsItLies() {
		Shared.emptied();
		Shared.query(Stored.insert(900));
		assertThat(plan()).anyMatch((line) -> line.matches(".*Seq Scan on .*actual .*rows=900\\b.* loops=1.*"))
			.noneMatch((line) -> line.contains("Sort") || line.contains("Index"));
	}

	@Test
	@DisplayName("of a table that has shrunk, pages without rows are not read")
	void tableThatHasShrunkIsReadInOrder() {
		RunningFunctions functions = Shared.emptied();
		Shared.query(Stored.insert(200_000));
		Shared.query("DELETE FROM %1$s WHERE uuid NOT IN (SELECT uuid FROM %1$s ORDER BY uuid DESC LIMIT 3)"
			.formatted(Stored.TABLE));
		assertThat(plan()).anyMatch((line) -> line.contains("(never executed)"));
		assertThat(Pages.uuids(functions.get(Routes.LIST))).hasSize(3).isSorted();
	}

	private static List<String> plan() {
		ListQuery all = new ListQuery(List.of(), Sort.BY_KEY, null, null, ListQuery.Count.NONE, RowFormat.JSON);
		String sql = new ListSql(Declaration.TABLE, all).unordered(1000).text();
		return Shared.query("EXPLAIN ANALYZE " + sql.replace("$1", "true"));
	}

}
