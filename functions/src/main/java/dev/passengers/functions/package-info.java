/**
 * The seven functions, each a plain Spring Cloud Function bean named as its route.
 */
@NullMarked
package dev.passengers.functions;

import org.jspecify.annotations.NullMarked;
