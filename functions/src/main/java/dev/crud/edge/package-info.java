/**
 * HTTP, once for all functions: routes, formats, conditions, limits and problems.
 */
@NullMarked
package dev.crud.edge;

import org.jspecify.annotations.NullMarked;
