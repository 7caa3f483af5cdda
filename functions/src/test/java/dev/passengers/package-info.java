/**
 * The functions on an embedded, real Postgres: to run them locally and to test them.
 */
@NullMarked
package dev.passengers;

import org.jspecify.annotations.NullMarked;
