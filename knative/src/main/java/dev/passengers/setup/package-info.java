/**
 * The setup Job: credentials, schema, roles and passengers.
 */
@NullMarked
package dev.passengers.setup;

import org.jspecify.annotations.NullMarked;
