package dev.crud.knative;

import java.time.Duration;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what happens without anybody changing anything: no requests, too many, strangers,
 * an outage.
 */
interface Enduring {

	@Test
	@Order(6)
	default void eachGoesToZeroAndComesBack() {
		try (ColdStarts coldStarts = new ColdStarts()) {
			coldStarts.measure();
			System.out.println(coldStarts);
		}
	}

	@Test
	@Order(7)
	default void twoHundredAtOnceFindTheFunctionAtZeroAndNoneFails() {
		// This bar is for any machine; LongRunIT has a stricter one for a quiet machine.
		Burst.atZero().assertAllWell(Duration.ofSeconds(30));
	}

	@Test
	@Order(8)
	default void nothingIsOpenThatNeedNotBe() {
		Http floor = Cluster.OTHER.service(ColdStarts.FLOOR);
		// The requests keep the pods running.
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
	@Order(9)
	default void nothingIsLostWhenPostgresIsDeleted() {
		try (Load load = Installation.load()) {
			load.goOn(100);
			assertThat(load.failures()).isEmpty();
			Installation.deletePostgres();
			load.awaitRecovery();
			Installation.deletePostgres("--now");
			load.awaitRecovery();
			System.out.println("Postgres deleted, then killed: " + load);
			load.assertOnlyUnavailable();
			load.assertNothingIsLost(Cluster.PASSENGERS.functions());
			assertThat(Installation.restarts()).isNotEmpty().containsOnly("0 0");
		}
	}

}
