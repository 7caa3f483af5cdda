package dev.crud.passenger;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import dev.crud.Body;
import dev.crud.Problem;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what programs print for a double is accepted, and that digits that a double
 * can't keep are refused.
 */
class DoublesTests {

	private final String name = Passenger.uniqueName();

	@ParameterizedTest
	@DisplayName("as JavaScript, Python, Java 17 or Java 25 print it")
	@ValueSource(strings = { "5e-324", "4.9E-324", "1e-323", "9.9E-324", "1.0E-323", "6.32E-322", "6.3e-322",
			"5.6843418860808015E-14", "2.3763644578689498E-212", "4.7527289157379E-212", "2.781342323134002E-309",
			"2.2250738585072014E-308", "2.225073858507201e-308", "1e-7", "1.0E-7", "0.1", "0.30000000000000004",
			"149.99999999999997", "150", "1.5e2" })
	void printedDoubleIsTaken(String age) {
		HttpResponse<String> created = Shared.FUNCTIONS.post(Passenger.of(this.name).with("age", age).toString());
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		assertThat(Body.parse(created.body()).get("age").asDouble()).isEqualTo(Double.parseDouble(age));
		HttpResponse<String> listed = Shared.FUNCTIONS.get("/passengerlist?name=" + this.name);
		assertThat(Body.parse(listed.body()).get(0).get("age").asDouble()).isEqualTo(Double.parseDouble(age));
		assertThat(postCsv("2," + age).statusCode()).isEqualTo(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2e-324", "1e-400", "3e-324", "4.9407e-323", "4.940656458412465e-324", "6.324e-322",
			"0.1000000000000000055", "0.10000000000000001", "149.999999999999999", "5.6843418860808014E-14",
			"5.68434188608080149E-14", "1.2345678901234567890" })
	void digitsThatADoubleCannotKeepAreRefused(String age) {
		Problem.assertProblem(Shared.FUNCTIONS.post(Passenger.of(this.name).with("age", age).toString()), 400);
		Problem.assertProblem(postCsv("2," + age), 400);
		assertThat(Passenger.count(this.name)).isZero();
	}

	@Test
	void whatThisJavaPrintsIsTaken() {
		assertThat(postCsv(ages(Double::toString)).body()).isEqualTo("{\"inserted\":4082}");
		assertThat(postCsv(ages((age) -> new BigDecimal(Double.toString(age)).toPlainString())).statusCode())
			.isEqualTo(201);
		assertThat(postCsv(ages((age) -> Double.toString(age).toLowerCase(Locale.ROOT))).statusCode()).isEqualTo(201);
	}

	private static String ages(DoubleFunction<String> print) {
		Random random = new Random(42);
		DoubleStream powers = IntStream.range(-1074, 8).mapToDouble((exponent) -> Math.scalb(1.0, exponent));
		DoubleStream any = IntStream.range(0, 1000)
			.mapToDouble((i) -> Double.longBitsToDouble(random.nextLong(1L << i % 60)));
		return DoubleStream.concat(random.doubles(2000, 0, 150), DoubleStream.concat(powers, any))
			.mapToObj(print)
			.map((age) -> "2," + age)
			.collect(Collectors.joining("\n"));
	}

	private HttpResponse<String> postCsv(String classesAndAges) {
		String rest = "," + this.name + ",true,male,0,0,1";
		return Shared.FUNCTIONS.send("POST", "/postpassenger",
				"passengerClass,age,name,survived,sex,siblingsOrSpousesAboard,parentsOrChildrenAboard,fare\n"
						+ classesAndAges.replace("\n", rest + "\n") + rest,
				"Content-Type", "text/csv");
	}

}
