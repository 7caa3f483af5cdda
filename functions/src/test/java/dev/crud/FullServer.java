package dev.crud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A server whose queue of connections is full, so that the packets of the next ones are
 * dropped.
 */
public final class FullServer implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

	private final List<Socket> waiting = new ArrayList<>();

	public FullServer() throws IOException {
		while (this.waiting.size() < 100) {
			Socket socket = new Socket();
			try {
				socket.connect(this.server.getLocalSocketAddress(), 300);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
			this.waiting.add(socket);
		}
		throw new IllegalStateException("This system queues more than it was told to");
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/** Accepts those that fill the queue, so that there is room for others. */
	public void makeRoom() throws IOException {
		for (Socket socket : this.waiting) {
			this.server.accept().close();
			socket.close();
		}
		this.waiting.clear();
	}

	/**
	 * Accepts connections: waits 10 s for the first, and then until none has come for a
	 * while.
	 * @param milliseconds how long that is
	 */
	public List<Socket> accept(int milliseconds) throws IOException {
		List<Socket> accepted = new ArrayList<>();
		while (true) {
			this.server.setSoTimeout(accepted.isEmpty() ? 10_000 : milliseconds);
			try {
				accepted.add(this.server.accept());
			}
			catch (SocketTimeoutException ex) {
				return accepted;
			}
		}
	}

	@Override
	public void close() throws IOException {
		for (Socket socket : this.waiting) {
			socket.close();
		}
		this.server.close();
	}

}
