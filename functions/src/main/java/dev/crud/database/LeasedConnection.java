package dev.crud.database;

import java.time.Duration;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import org.reactivestreams.Publisher;

/**
 * A pooled connection that ends its lease before it is given back, so that a time-out
 * that fires too late does not close a connection that another request already has.
 */
final class LeasedConnection implements Connection {

	private final Connection pooled;

	private final Lease lease;

	LeasedConnection(Connection pooled, Lease lease) {
		this.pooled = pooled;
		this.lease = lease;
	}

	@Override
	public Publisher<Void> close() {
		this.lease.end();
		return this.pooled.close();
	}

	@Override
	public Publisher<Void> beginTransaction() {
		return this.pooled.beginTransaction();
	}

	@Override
	public Publisher<Void> beginTransaction(TransactionDefinition definition) {
		return this.pooled.beginTransaction(definition);
	}

	@Override
	public Publisher<Void> commitTransaction() {
		return this.pooled.commitTransaction();
	}

	@Override
	public Batch createBatch() {
		return this.pooled.createBatch();
	}

	@Override
	public Publisher<Void> createSavepoint(String name) {
		return this.pooled.createSavepoint(name);
	}

	@Override
	public Statement createStatement(String sql) {
		return this.pooled.createStatement(sql);
	}

	@Override
	public boolean isAutoCommit() {
		return this.pooled.isAutoCommit();
	}

	@Override
	public ConnectionMetadata getMetadata() {
		return this.pooled.getMetadata();
	}

	@Override
	public IsolationLevel getTransactionIsolationLevel() {
		return this.pooled.getTransactionIsolationLevel();
	}

	@Override
	public Publisher<Void> releaseSavepoint(String name) {
		return this.pooled.releaseSavepoint(name);
	}

	@Override
	public Publisher<Void> rollbackTransaction() {
		return this.pooled.rollbackTransaction();
	}

	@Override
	public Publisher<Void> rollbackTransactionToSavepoint(String name) {
		return this.pooled.rollbackTransactionToSavepoint(name);
	}

	@Override
	public Publisher<Void> setAutoCommit(boolean autoCommit) {
		return this.pooled.setAutoCommit(autoCommit);
	}

	@Override
	public Publisher<Void> setLockWaitTimeout(Duration timeout) {
		return this.pooled.setLockWaitTimeout(timeout);
	}

	@Override
	public Publisher<Void> setStatementTimeout(Duration timeout) {
		return this.pooled.setStatementTimeout(timeout);
	}

	@Override
	public Publisher<Void> setTransactionIsolationLevel(IsolationLevel isolationLevel) {
		return this.pooled.setTransactionIsolationLevel(isolationLevel);
	}

	@Override
	public Publisher<Boolean> validate(ValidationDepth depth) {
		return this.pooled.validate(depth);
	}

}
