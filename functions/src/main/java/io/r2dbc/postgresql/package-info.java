/**
 * Gives access to what r2dbc-postgresql 1.1.3 has, but keeps package-private.
 */
@NullMarked
package io.r2dbc.postgresql;

import org.jspecify.annotations.NullMarked;
