package dev.crud.database;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Makes the first message of a TLS handshake, which nobody gets, while the application
 * starts. Java prepares ciphers and elliptic curves for it, which takes most of the time
 * that TLS adds to a cold start.
 */
public final class TlsHeadStart {

	private TlsHeadStart() {
	}

	/**
	 * Begins, in a thread of its own, if the database is verified by an authority of its
	 * own and there is a processor for it.
	 * @param url the database's URL, or {@code null} when there is none
	 */
	public static void begin(@Nullable String url) {
		if (url != null && url.contains("sslRootCert=") && Runtime.getRuntime().availableProcessors() > 1) {
			Thread thread = new Thread(TlsHeadStart::run, "tls-head-start");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private static void run() {
		try {
			greet();
		}
		catch (GeneralSecurityException | SSLException ex) {
			// Connecting reports it.
		}
	}

	/** Returns the first message's length, in bytes. */
	static int greet() throws GeneralSecurityException, SSLException {
		SSLContext tls = SSLContext.getInstance("TLS");
		// Without an array it would read all public authorities.
		tls.init(null, new TrustManager[0], null);
		SSLEngine client = tls.createSSLEngine("localhost", 5432);
		client.setUseClientMode(true);
		ByteBuffer message = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
		return client.wrap(ByteBuffer.allocate(0), message).bytesProduced();
	}

}
