package dev.crud.edge;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Ends a start under a wrong name with the names there are, instead of a stack trace.
 */
final class UnknownFunctionAnalyzer extends AbstractFailureAnalyzer<UnknownFunctionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownFunctionException cause) {
		return new FailureAnalysis(cause.getMessage(), null, cause);
	}

}
