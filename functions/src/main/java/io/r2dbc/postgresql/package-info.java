/**
 * What r2dbc-postgresql 1.1.3 has and does not offer.
 */
@NullMarked
package io.r2dbc.postgresql;

import org.jspecify.annotations.NullMarked;
