/**
 * HTTP, written once for all functions: routes, formats, preconditions, limits and
 * problems.
 */
@NullMarked
package dev.crud.edge;

import org.jspecify.annotations.NullMarked;
