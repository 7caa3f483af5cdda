package dev.crud.database;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.crud.function.Created;
import dev.crud.function.Creation;
import dev.crud.function.Deletion;
import dev.crud.function.ListQuery;
import dev.crud.function.RefusedException;
import dev.crud.function.Replacement;
import dev.crud.function.RowList;
import dev.crud.table.Row;
import dev.crud.table.Table;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads and changes the stored rows of the table, within the limits of {@link TimeLimit}.
 */
public class Rows {

	/**
	 * The inner SELECT hides from Postgres how many keys there are; it would plan the
	 * statement again each time, to learn whether few keys need another plan.
	 */
	private static final String FIND = """
			SELECT "uuid", "version", {columns}
			FROM {table}
			WHERE "uuid" = ANY ((SELECT $1)::uuid[])
			""";

	private static final String REPLACE = """
			UPDATE {table}
			SET "version" = "version" + 1, {assignments}
			WHERE "uuid" = {1} AND ({2}::bigint[] IS NULL OR "version" = ANY ({2}))
			RETURNING "version"
			""";

	private static final String DELETE = """
			DELETE FROM {table}
			WHERE "uuid" = $1 AND ($2::bigint[] IS NULL OR "version" = ANY ($2))
			RETURNING "uuid"
			""";

	private static final String EXISTS = """
			SELECT EXISTS (SELECT FROM {table} WHERE "uuid" = $1)
			""";

	private final String find;

	private final String replace;

	private final String delete;

	private final String exists;

	private final Table table;

	private final Binder binder;

	private final TimeLimit limit;

	private final Statements statements;

	private final Batches<UUID, Row> finds;

	private final Lists lists;

	private final Inserts inserts;

	Rows(Table table, TimeLimit limit, Timers timers, Statements statements, Lists lists, Inserts inserts) {
		SqlTemplate template = new SqlTemplate(table);
		this.find = template.fill(FIND);
		this.replace = template.fill(REPLACE);
		this.delete = template.fill(DELETE);
		this.exists = template.fill(EXISTS);
		this.table = table;
		this.binder = new Binder(table);
		this.limit = limit;
		this.statements = statements;
		this.finds = new Batches<>(limit, timers, statements, this.find, true, this::find);
		this.lists = lists;
		this.inserts = inserts;
	}

	/**
	 * Finds a row by its key.
	 * @param key the key of the row
	 * @return the row; empty when there is none
	 */
	public Mono<Row> find(UUID key) {
		return this.finds.run(key);
	}

	private Mono<List<Optional<Row>>> find(Connection connection, List<UUID> keys) {
		return Sql.of(this.find, (Object) keys.toArray(UUID[]::new))
			.rows(connection, this::row)
			.collectMap(Row::key)
			.map((rows) -> keys.stream().map((key) -> Optional.ofNullable(rows.get(key))).toList());
	}

	private Row row(Readable row) {
		@Nullable Object[] values = new Object[this.table.columns().size()];
		this.table.read(row, 2, values);
		return this.table.row(get(row, 0, UUID.class), get(row, 1, Long.class), values);
	}

	/**
	 * Lists rows, no faster than the client reads them.
	 * @param query which rows to list, in what order and format
	 * @return the list
	 * @see RefusedException.Reason#POSITION_GONE
	 */
	public Mono<RowList> list(ListQuery query) {
		return this.lists.list(query);
	}

	/**
	 * Inserts one row, or either all or none of many rows. If the idempotency key was
	 * used before, finds what was inserted then.
	 * @param creation the rows
	 * @return what was inserted
	 * @see RefusedException.Reason#KEY_REUSED
	 */
	public Mono<Created> insert(Creation creation) {
		if (creation instanceof Creation.Many many) {
			return this.inserts.insertAll(many).map(Created.Many::new);
		}
		Creation.One one = (Creation.One) creation;
		return this.inserts.insert(one).map((key) -> new Created.One(this.table.row(key, 1, one.values().byColumn())));
	}

	/**
	 * Replaces all values of a row.
	 * @param replacement the row's key and its new values
	 * @return the row as it is now
	 * @see RefusedException.Reason#NO_SUCH_ROW
	 * @see RefusedException.Reason#CHANGED
	 */
	public Mono<Row> replace(Replacement replacement) {
		UUID key = replacement.key();
		Sql update = new Sql(this.replace,
				this.binder.row(replacement.values(), key, versions(replacement.versions())));
		return this.limit.on((lease) -> this.statements.one(lease, update, (row) -> get(row, 0, Long.class))
			.map((version) -> this.table.row(key, version, replacement.values().byColumn()))
			.switchIfEmpty(refuse(lease, key)));
	}

	/**
	 * Deletes a row.
	 * @param deletion the key of the row, and the versions that may be deleted
	 * @return its key
	 * @see RefusedException.Reason#NO_SUCH_ROW
	 * @see RefusedException.Reason#CHANGED
	 */
	public Mono<UUID> delete(Deletion deletion) {
		Sql sql = Sql.of(this.delete, deletion.key(), versions(deletion.versions()));
		return this.limit.on((lease) -> this.statements.one(lease, sql, (row) -> get(row, 0, UUID.class))
			.switchIfEmpty(refuse(lease, deletion.key())));
	}

	private static Object versions(@Nullable List<Long> versions) {
		return (versions != null) ? versions.toArray(Long[]::new) : Parameters.in(Long[].class);
	}

	private <T> Mono<T> refuse(Lease lease, UUID key) {
		return this.statements.one(lease, Sql.of(this.exists, key), (row) -> get(row, 0, Boolean.class))
			.flatMap((exists) -> Mono.error(new RefusedException(
					exists ? RefusedException.Reason.CHANGED : RefusedException.Reason.NO_SUCH_ROW)));
	}

	static <T> T get(Readable row, int index, Class<T> type) {
		return Objects.requireNonNull(row.get(index, type));
	}

}
