/**
 * HTTP, once for all functions: routes, formats, conditions, limits and problems.
 */
@NullMarked
package dev.passengers.edge;

import org.jspecify.annotations.NullMarked;
