package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import dev.crud.Declaration;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes of itself: no requests, too many, strangers, an outage.
 */
interface Enduring {

	@Test
	@Order(5)
	default void eachGoesToZeroAndComesBack() {
		ColdStarts coldStarts = new ColdStarts();
		for (int round = 0; round < 3; round++) {
			coldStarts.measure();
		}
		System.out.println(coldStarts);
	}

	@Test
	@Order(6)
	default void twoHundredAtOnceFindTheFunctionAtZeroAndNoneFails() {
		FunctionDeclaration get = Declaration.FUNCTIONS.all()
			.stream()
			.filter((function) -> "getpassenger".equals(function.name()))
			.findFirst()
			.orElseThrow();
		String path = Cluster.PASSENGERS.functions()
			.sendPassenger("POST", "/postpassenger", Http.PASSENGER)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		Cluster.PASSENGERS.awaitZero("serving.knative.dev/service=getpassenger");
		Burst burst = Burst.send(get, path);
		System.out.printf("%d requests, 200 at once: %d instances, %d connections%n", burst.statuses().size(),
				burst.instances(), burst.connections());
		assertThat(burst.statuses()).containsOnly(200);
		assertThat(burst.instances()).isEqualTo(get.maxScale());
		assertThat(burst.connections()).isBetween(get.maxScale(), get.maxScale() * get.connections());
	}

	@Test
	@Order(7)
	default void nothingIsOpenThatNeedNotBe() {
		Http floor = Cluster.OTHER.service(ColdStarts.FLOOR);
		// Requests keep pods there.
		try (Load load = Installation.load(); Policies policies = Policies.visit()) {
			policies.assertPostgresIsForFunctions();
			policies.assertNobodyGetsToAFunctionButKnative(address(Cluster.PASSENGERS, "getpassenger"));
			assertThat(floor.send("GET", "/").statusCode()).isEqualTo(200);
			policies.assertAFunctionGetsNowhereElse(address(Cluster.OTHER, ColdStarts.FLOOR));
			assertThat(load.failures()).isEmpty();
		}
	}

	private static String address(Cluster cluster, String service) {
		return cluster.pods("serving.knative.dev/service=" + service, ".status.podIP").get(0);
	}

	@Test
	@Order(8)
	default void nothingIsLostWhenPostgresIsDeleted() {
		try (Load load = Installation.load()) {
			load.goOn(100);
			assertThat(load.failures()).isEmpty();
			Installation.deletePostgres();
			load.awaitRecovery();
			Installation.deletePostgres("--now");
			load.awaitRecovery();
			System.out.println("Postgres deleted, then killed: " + load);
			assertThat(load.failures()).isNotEmpty()
				.allMatch((failure) -> failure.status() == 503)
				.allMatch((failure) -> failure.detail().contains("application/problem+json"));
			load.assertNothingIsLost(Cluster.PASSENGERS.functions());
			assertThat(Cluster.PASSENGERS.pods("app.kubernetes.io/component in (function,single-host)",
					".status.containerStatuses[*].restartCount"))
				.isNotEmpty()
				.containsOnly("0 0");
		}
	}

}
