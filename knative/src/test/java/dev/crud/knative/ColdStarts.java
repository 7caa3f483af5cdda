package dev.crud.knative;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures the first request to a Service that has scaled to zero, and compares it with a
 * trivial server's.
 */
final class ColdStarts implements AutoCloseable {

	private static final String ANY_SERVICE = "serving.knative.dev/service";

	static final String FLOOR = "floor";

	private static final double SECONDS_OVER_FLOOR = 0.9;

	private final Haste haste = new Haste();

	private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

	/** Starts the trivial server. */
	ColdStarts() {
		Cluster.OTHER.kn("service", "create", FLOOR, "--image", Images.NGINX, "--pull-policy", "IfNotPresent");
	}

	/** Waits until all Services have scaled to zero, and sends a request to each. */
	void measure() {
		awaitZero();
		Http http = Cluster.PASSENGERS.functions();
		Http floor = Cluster.OTHER.service(FLOOR);
		time("hello", 200, () -> http.send("GET", "/hello"));
		time("zero", 200, () -> http.send("GET", "/zero"));
		HttpResponse<String> posted = time("postpassenger", 201,
				() -> http.sendJson("POST", "/postpassenger", Example.JSON));
		String get = posted.headers().firstValue("Location").orElseThrow();
		String uuid = get.substring("/getpassenger/".length());
		// The trivial server is neither first nor last, because both places are at a
		// disadvantage.
		time(FLOOR, 200, () -> floor.send("GET", "/"));
		time("getpassenger", 200, () -> http.send("GET", get));
		time("putpassenger", 200, () -> http.sendJson("PUT", "/putpassenger/" + uuid, Example.JSON));
		time("passengerlist", 200, () -> http.send("GET", "/passengerlist"));
		time("deletepassenger", 204, () -> http.send("DELETE", "/deletepassenger/" + uuid));
	}

	void awaitZero() {
		this.haste.awaitZero(Cluster.PASSENGERS, ANY_SERVICE);
		this.haste.awaitZero(Cluster.OTHER, ANY_SERVICE);
	}

	private HttpResponse<String> time(String service, int status, Supplier<HttpResponse<String>> request) {
		long start = System.nanoTime();
		HttpResponse<String> response = request.get();
		this.seconds.computeIfAbsent(service, (name) -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
		assertThat(response.statusCode()).as(service).isEqualTo(status);
		return response;
	}

	double median(String service) {
		List<Double> sorted = this.seconds.getOrDefault(service, List.of()).stream().sorted().toList();
		return sorted.get(sorted.size() / 2);
	}

	/** Fails when a start from zero takes too much longer than the trivial server's. */
	void assertBar() {
		assertThat(median("getpassenger") - median(FLOOR)).as("seconds over the floor, median")
			.isLessThanOrEqualTo(SECONDS_OVER_FLOOR);
	}

	@Override
	public void close() {
		this.haste.close();
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder(
				"Cold starts in seconds, from request to answer: median, over the floor, all\n");
		double floor = median(FLOOR);
		this.seconds.forEach((service,
				all) -> table.append(String.format(Locale.ROOT, "%-16s %5.2f %+6.2f  %s%n", service, median(service),
						median(service) - floor,
						all.stream().map((one) -> String.format(Locale.ROOT, "%.2f", one)).toList())));
		return table.toString();
	}

}
