/**
 * The parts of a table: columns, the types of their values, and rows in JSON and CSV.
 */
@NullMarked
package dev.crud.table;

import org.jspecify.annotations.NullMarked;
