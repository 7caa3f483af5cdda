package dev.crud.database;

import java.util.Optional;
import java.util.function.UnaryOperator;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;

import io.netty.handler.ssl.SslContextBuilder;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.postgresql.client.DefaultHostnameVerifier;
import io.r2dbc.spi.ConnectionFactoryOptions;

/**
 * The host that the database's certificate must be for, with {@code verify-full}. The
 * driver checks that itself. By Netty's default Java would check it first, for
 * {@code verify-ca} as well, and for that read all public certificate authorities, which
 * takes half of the time that TLS adds to a cold start.
 *
 * @param name the host in the URL, a name or an address
 */
record VerifiedHost(String name) implements HostnameVerifier {

	/**
	 * Returns the host of a URL. Where there are several, it is not known here which one
	 * answers, and Java goes on to check that.
	 * @param url the URL's options
	 * @return the host, if there is one
	 */
	static Optional<VerifiedHost> of(ConnectionFactoryOptions url) {
		return Optional.ofNullable(url.getValue(ConnectionFactoryOptions.HOST))
			.map(Object::toString)
			.filter((host) -> !host.contains(","))
			.map(VerifiedHost::new);
	}

	/** Has the driver check the host, and nobody else. */
	void addTo(ConnectionFactoryOptions.Builder options) {
		UnaryOperator<SslContextBuilder> noCheckByJava = (tls) -> tls.endpointIdentificationAlgorithm(null);
		options.option(PostgresqlConnectionFactoryProvider.SSL_CONTEXT_BUILDER_CUSTOMIZER, noCheckByJava)
			.option(PostgresqlConnectionFactoryProvider.SSL_HOSTNAME_VERIFIER, this);
	}

	/**
	 * Checks the name as it was written. The driver would check what DNS makes of it: the
	 * whole name for a short one, some name for an address.
	 */
	@Override
	public boolean verify(String resolved, SSLSession session) {
		return DefaultHostnameVerifier.INSTANCE.verify(this.name, session);
	}

}
