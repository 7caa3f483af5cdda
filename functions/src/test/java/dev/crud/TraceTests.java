package dev.crud;

import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code traceparent} (W3C Trace Context).
 */
@ExtendWith(OutputCaptureExtension.class)
class TraceTests {

	@Test
	@DisplayName("traceparent is logged, also of a later version, with its identifiers and tracestate; one that is malformed is not, "
			+ "nor is what a client does wrong")
	void traceparentIsLogged(CapturedOutput output) {
		String trace = UUID.randomUUID().toString().replace("-", "");
		try (RunningFunctions functions = RunningFunctions.all(Shared.POSTGRES)) {
			functions.get("/unknown", "traceparent", "00-" + trace + "-b7ad6b7169203331-01", "tracestate", "vendor=1");
			functions.get("/unknown", "traceparent", "7f-" + trace + "-b7ad6b7169203331-01-and.more");
			functions.get("/unknown", "traceparent", "00-" + trace + "-b7ad6b7169203331-01-more");
			functions.get("/unknown", "traceparent", "malformed-" + trace);
			functions.get("/wrong-" + trace);
		}
		assertThat(output.getOut())
			.contains("\"traceparent\":\"00-" + trace + "-b7ad6b7169203331-01\"", "\"trace_id\":\"" + trace + "\"",
					"\"span_id\":\"b7ad6b7169203331\"", "\"tracestate\":\"vendor=1\"",
					"\"traceparent\":\"7f-" + trace + "-b7ad6b7169203331-01-and.more\"")
			.doesNotContain("-01-more", "malformed-" + trace, "wrong-" + trace);
	}

}
