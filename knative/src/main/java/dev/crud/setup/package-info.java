/**
 * The setup Job: credentials, schema, roles and rows.
 */
@NullMarked
package dev.crud.setup;

import org.jspecify.annotations.NullMarked;
