/**
 * Who may do what: bearer tokens (RFC 6750), where an installation asks for them.
 */
@NullMarked
package dev.crud.auth;

import org.jspecify.annotations.NullMarked;
