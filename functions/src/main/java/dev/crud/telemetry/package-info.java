/**
 * Traces and metrics of OpenTelemetry, which are off unless a setting asks for them, and
 * how long the start took.
 */
@NullMarked
package dev.crud.telemetry;

import org.jspecify.annotations.NullMarked;
