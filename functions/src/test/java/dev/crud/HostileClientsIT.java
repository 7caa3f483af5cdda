package dev.crud;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.pool.InstrumentedPool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests clients that hang up, send slowly, arrive all at once, or ask for paths that
 * don't exist.
 */
class HostileClientsIT {

	private static final String ROW = Body.example().toString();

	/** The start of a successful status line. */
	private static final String SERVED = "HTTP/1.1 20[01] ";

	private static LocalPostgres postgres;

	private static RunningFunctions functions;

	private static String uuid;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
		functions = Shared.warm(RunningFunctions.all(postgres));
		postgres.execute(Stored.insert(900));
		HttpResponse<String> created = functions.post(ROW);
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		uuid = created.headers().firstValue("Location").orElseThrow().substring(Routes.GET.length());
	}

	@AfterAll
	static void stop() {
		functions.close();
		postgres.close();
	}

	/**
	 * Asserts that every connection is back in the pool, and that all of them together
	 * still work.
	 */
	@AfterEach
	void poolIsWhole() throws Exception {
		// Rows that were created meanwhile would only make the lists below long.
		postgres.execute("DELETE FROM " + Stored.TABLE + " WHERE uuid > '" + uuid + "'");
		InstrumentedPool.PoolMetrics pool = functions.context().getBean(InstrumentedPool.class).metrics();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(pool.acquiredSize() + pool.pendingAcquireSize()).isZero());
		ByteBufAllocatorMetricProvider buffers = (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
		assertThat(buffers.metric().usedDirectMemory()).as("bytes outside the heap").isLessThan(48 << 20);
		assertThat(pool.allocatedSize()).isLessThanOrEqualTo(pool.getMaxAllocatedSize());
		ExecutorService clients = Executors.newFixedThreadPool(pool.getMaxAllocatedSize());
		List<Future<HttpResponse<String>>> responses = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			responses.add(clients.submit(() -> functions.get(Routes.LIST)));
		}
		for (Future<HttpResponse<String>> response : responses) {
			assertThat(response.get().statusCode()).isEqualTo(200);
		}
		clients.shutdown();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> pool.acquiredSize() == 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /hello", "GET /zero", "GET {LIST}", "GET {GET}/", "POST {POST}", "PUT {PUT}/",
			"DELETE {DELETE}/", "POST {POST} many" })
	void tenThousandClientsThatHangUpInMidRequestLeaveThePoolWhole(String request) throws Exception {
		byte[] bytes = request(Routes.fill(request));
		ExecutorService clients = Executors.newFixedThreadPool(8);
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			all.add(clients.submit(() -> {
				for (int n = 0; n < 1250; n++) {
					hangUp(bytes);
				}
				return null;
			}));
		}
		for (Future<?> client : all) {
			client.get();
		}
		clients.shutdown();
		if (request.endsWith(" many")) {
			assertThat(rowsInserted()).isZero();
		}
	}

	@Test
	void bodyThatStopsOrComesTooSlowlyIsAnsweredAndNotStored() throws Exception {
		Optional<String> version = functions.get(Routes.GET + uuid).headers().firstValue("ETag");
		String many = "application/x-ndjson";
		try (Socket post = RawHttp.begin(functions, "POST " + Routes.POST, "application/json", ROW);
				Socket put = RawHttp.begin(functions, "PUT " + Routes.PUT + uuid, "application/json", ROW);
				Socket upload = RawHttp.begin(functions, "POST " + Routes.POST, many, ROW + "\n");
				Socket slow = RawHttp.begin(functions, "POST " + Routes.POST, many, ROW + "\n");
				Socket steady = RawHttp.begin(functions, "POST " + Routes.POST, many, "\n")) {
			for (int i = 0; i < 40 && slow.getInputStream().available() == 0; i++) {
				Thread.sleep(1000);
				RawHttp.send(slow, "1\r\n\n\r\n");
				RawHttp.send(steady, "800\r\n" + "\n".repeat(0x800) + "\r\n");
			}
			for (Socket socket : List.of(post, put, upload, slow)) {
				String response = RawHttp.readAll(socket);
				assertThat(RawHttp.status(response)).as(response).isEqualTo(408);
				Problem.assertProblem(RawHttp.body(response), 408);
			}
			Thread.sleep(5000);
			RawHttp.send(steady, "0\r\n\r\n");
			assertThat(steady.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 201");
		}
		assertThat(rowsInserted()).isZero();
		assertThat(functions.get(Routes.GET + uuid).headers().firstValue("ETag")).isPresent().isEqualTo(version);
	}

	private static int rowsInserted() throws SQLException {
		try (Connection connection = postgres.connect();
				PreparedStatement count = connection
					.prepareStatement("SELECT count(*) FROM " + Stored.TABLE + " WHERE uuid > ?::uuid")) {
			count.setString(1, uuid);
			ResultSet result = count.executeQuery();
			result.next();
			return result.getInt(1);
		}
	}

	private static byte[] request(String request) {
		boolean many = request.endsWith(" many");
		String target = request.endsWith("/")
				? request + (request.startsWith("DELETE") ? UUID.randomUUID().toString() : uuid)
				: request.replace(" many", "");
		String body = !request.startsWith("P") ? "" : "Content-Type: application/" + (many ? "x-ndjson" : "json")
				+ "\r\nContent-Length: " + (many ? 10_000_000 : ROW.getBytes(StandardCharsets.UTF_8).length) + "\r\n";
		String content = many ? (ROW + "\n").repeat(700) : request.startsWith("P") ? ROW : "";
		return (target + " HTTP/1.1\r\nHost: localhost\r\n" + body + "\r\n" + content).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Sends all or a part of a request, perhaps reads some of the answer, and resets the
	 * connection.
	 */
	private static void hangUp(byte[] request) throws IOException {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		try (Socket socket = new Socket("localhost", functions.port())) {
			socket.setSoLinger(true, 0);
			socket.setSoTimeout(2000);
			boolean whole = random.nextInt(4) > 0;
			socket.getOutputStream().write(request, 0, whole ? request.length : random.nextInt(request.length));
			if (whole && random.nextInt(4) == 0 && request.length < 1000) {
				socket.getInputStream().read();
			}
			else {
				long until = System.nanoTime() + random.nextInt(2_000_000);
				while (System.nanoTime() < until) {
					Thread.onSpinWait();
				}
			}
		}
		catch (IOException ex) {
			// The server may have closed the connection first.
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /hello", "GET {LIST}", "GET {GET}/", "POST {POST}" })
	void twoThousandConnectionsAtOnceAreEachAnswered(String request) throws Exception {
		byte[] bytes = request(Routes.fill(request));
		for (int i = 0; i < 500; i++) {
			hangUp(bytes);
		}
		try (Selector selector = Selector.open()) {
			List<Answer> answers = new ArrayList<>();
			for (int i = 0; i < 2000; i++) {
				SocketChannel channel = SocketChannel.open();
				channel.configureBlocking(false);
				channel.connect(new InetSocketAddress("localhost", functions.port()));
				Answer answer = new Answer(channel, ByteBuffer.wrap(bytes));
				channel.register(selector, SelectionKey.OP_CONNECT, answer);
				answers.add(answer);
			}
			long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
			while (!selector.keys().isEmpty() && System.nanoTime() < deadline) {
				selector.select(1000);
				for (SelectionKey key : selector.selectedKeys()) {
					((Answer) key.attachment()).advance(key);
				}
				selector.selectedKeys().clear();
			}
			assertThat(answers).allSatisfy((answer) -> {
				// Functions that need the database may answer 503; hello must not.
				assertThat(answer.head()).matches(request.endsWith("/hello") ? SERVED : "HTTP/1.1 (200|201|503) ");
				assertThat(answer.head().contains("503")).isEqualTo(answer.text().contains("Retry-After"));
				// The contract's 2 s, and some time that 2000 clients on the same machine
				// add.
				assertThat(answer.waited()).isLessThan(Duration.ofMillis(3500));
			});
		}
		for (int i = 0; i < 100; i++) {
			assertThat(head(bytes)).as("from a quiet process").matches(SERVED);
		}
	}

	private static String head(byte[] request) throws IOException {
		try (Socket socket = new Socket("localhost", functions.port())) {
			socket.getOutputStream().write(request);
			return new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
		}
	}

	@Test
	void aHundredThousandUnknownPathsAndQueriesLeaveNothingBehind() throws Exception {
		ask(2000);
		long before = usedHeap();
		ask(100_000);
		assertThat(usedHeap() - before).as("bytes that stayed").isLessThan(2_000_000);
	}

	private static void ask(int count) throws IOException {
		try (Socket socket = new Socket("localhost", functions.port())) {
			byte[] buffer = new byte[65536];
			for (int i = 0; i < count; i += 50) {
				StringBuilder requests = new StringBuilder();
				for (int n = i; n < i + 50; n++) {
					requests.append("HEAD /unknown").append(n).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
					requests.append("HEAD /hello?unknown").append(n).append("=1 HTTP/1.1\r\nHost: a\r\n\r\n");
					requests.append("HEAD /unknown").append(n).append(",hello|zero HTTP/1.1\r\nHost: a\r\n\r\n");
				}
				socket.getOutputStream()
					.write(requests.toString().replace("|", "%7C").getBytes(StandardCharsets.US_ASCII));
				for (int ends = 0; ends < 150;) {
					int read = socket.getInputStream().read(buffer);
					String text = new String(buffer, 0, read, StandardCharsets.US_ASCII);
					ends += text.split("HTTP/1.1 ", -1).length - 1;
				}
			}
		}
	}

	private static long usedHeap() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** One of many connections and its answer. */
	private static final class Answer {

		private final SocketChannel channel;

		private final ByteBuffer request;

		private final StringBuilder text = new StringBuilder();

		private long sent;

		private long answered;

		Answer(SocketChannel channel, ByteBuffer request) {
			this.channel = channel;
			this.request = request;
		}

		void advance(SelectionKey key) throws IOException {
			if (key.isConnectable()) {
				this.channel.finishConnect();
				key.interestOps(SelectionKey.OP_WRITE);
			}
			else if (key.isWritable()) {
				this.sent = System.nanoTime();
				this.channel.write(this.request);
				key.interestOps(SelectionKey.OP_READ);
			}
			else {
				ByteBuffer buffer = ByteBuffer.allocate(4096);
				this.channel.read(buffer);
				this.answered = System.nanoTime();
				this.text.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
				// The first bytes are enough; other tests check the rest.
				this.channel.close();
			}
		}

		String head() {
			return (this.text.length() < 13) ? "" : this.text.substring(0, 13);
		}

		String text() {
			return this.text.toString();
		}

		Duration waited() {
			return Duration.ofNanos(this.answered - this.sent);
		}

	}

}
