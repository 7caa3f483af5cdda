package dev.crud.knative;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Tests what must work on a cluster, in the order in which a user does these things.
 */
@ChangesTheCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledIT implements Installing, Enduring, Changing, Choosing, Observing {

	@BeforeAll
	static void publish() {
		Installation.publish();
	}

}
