package dev.crud.knative;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test that has a whole cluster for itself. It runs only on request: even if
 * {@code kubectl} can talk to a cluster, a test may not simply change anything there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "cluster", matches = "true",
		disabledReason = "it changes the cluster that kubectl talks to; -Dcluster=true asks for that")
@ExtendWith(Stay.class)
@interface ChangesTheCluster {

}
