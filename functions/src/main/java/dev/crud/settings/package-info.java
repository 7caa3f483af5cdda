/**
 * Reads what the environment sets, and refuses what makes no sense.
 */
@NullMarked
package dev.crud.settings;

import org.jspecify.annotations.NullMarked;
