package dev.crud.database;

import java.lang.invoke.MethodHandles;

import io.netty.handler.ssl.JdkSslContext;

/**
 * Loads Netty's defaults for TLS. Netty 4.2 learns what Java supports from a context for
 * which Java reads all public certificate authorities. That takes a sixth of the time
 * which TLS adds to a cold start, and is in vain for a database with an authority of its
 * own.
 */
final class TlsDefaults {

	private static final String AUTHORITIES = "javax.net.ssl.trustStore";

	private TlsDefaults() {
	}

	/**
	 * Loads them without the public authorities, which later contexts still find. Call it
	 * before other threads use TLS.
	 */
	static void load() {
		String authorities = System.getProperty(AUTHORITIES);
		System.setProperty(AUTHORITIES, "NONE");
		try {
			MethodHandles.lookup().ensureInitialized(JdkSslContext.class);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			if (authorities != null) {
				System.setProperty(AUTHORITIES, authorities);
			}
			else {
				System.clearProperty(AUTHORITIES);
			}
		}
	}

}
