/**
 * Describes the declared functions in OpenAPI.
 */
@NullMarked
package dev.crud.openapi;

import org.jspecify.annotations.NullMarked;
