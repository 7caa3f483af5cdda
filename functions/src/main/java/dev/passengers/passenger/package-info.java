/**
 * What a passenger is: its fields, their rules and their text forms.
 */
@NullMarked
package dev.passengers.passenger;

import org.jspecify.annotations.NullMarked;
