package dev.crud.setup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

/**
 * Puts a prefix before the names of the roles in each statement. So the migrations, whose
 * text must not change, serve installations that share a server, whose roles are the
 * whole server's.
 */
final class PrefixedRoles {

	private final Pattern roles;

	private final String replacement;

	private PrefixedRoles(Collection<String> roles, String prefix) {
		this.roles = Pattern.compile("\\b(" + String.join("|", roles) + ")\\b");
		this.replacement = Matcher.quoteReplacement(prefix) + "$1";
	}

	/**
	 * Wraps a database.
	 * @param database the database
	 * @param roles the names to replace, which must be words that mean nothing else
	 * @param prefix what to put before them, of letters, digits and _
	 * @return the same database, or one that is asked with other names
	 */
	static DataSource in(DataSource database, Collection<String> roles, String prefix) {
		return prefix.isEmpty() ? database : new PrefixedRoles(roles, prefix).wrap(DataSource.class, database);
	}

	private <T> T wrap(Class<T> type, T wrapped) {
		Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(same, method, arguments) -> {
					boolean isSql = method.getName().startsWith("execute") && arguments != null
							&& arguments[0] instanceof String;
					if (isSql) {
						arguments[0] = this.roles.matcher((String) arguments[0]).replaceAll(this.replacement);
					}
					try {
						return wrapped(method.invoke(wrapped, arguments));
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
		return type.cast(proxy);
	}

	/** Statements that are prepared are Flyway's own, about its history. */
	private Object wrapped(Object result) {
		if (result instanceof Connection connection) {
			return wrap(Connection.class, connection);
		}
		return (result instanceof Statement statement && !(result instanceof PreparedStatement))
				? wrap(Statement.class, statement) : result;
	}

}
