package dev.crud.knative;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that has a whole cluster for itself. It runs only when it is asked for: that
 * {@code kubectl} can talk to a cluster does not mean that anything there may be changed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "cluster", matches = "true",
		disabledReason = "it changes the cluster that kubectl talks to; -Dcluster=true asks for that")
@ExtendWith(Stay.class)
@interface ChangesTheCluster {

}
