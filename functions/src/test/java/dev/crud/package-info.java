/**
 * The functions on an embedded, real Postgres: to run them locally and to test them.
 */
@NullMarked
package dev.crud;

import org.jspecify.annotations.NullMarked;
