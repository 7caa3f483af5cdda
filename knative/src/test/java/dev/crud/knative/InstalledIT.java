package dev.crud.knative;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What must work on a cluster, in the order in which a user comes to do these things.
 */
@ChangesTheCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledIT implements Installing, Enduring, Changing {

}
