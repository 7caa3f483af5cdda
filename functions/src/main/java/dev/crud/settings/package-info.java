/**
 * Reads settings from the environment, and refuses invalid ones.
 */
@NullMarked
package dev.crud.settings;

import org.jspecify.annotations.NullMarked;
