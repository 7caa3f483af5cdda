/**
 * Tests the types of columns.
 */
@NullMarked
package dev.crud.table;

import org.jspecify.annotations.NullMarked;
