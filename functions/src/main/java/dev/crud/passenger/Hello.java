package dev.crud.passenger;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

/**
 * Says that the service is up, without using the database.
 */
@Component("hello")
class Hello implements Supplier<Map<String, String>> {

	static final Map<String, String> ANSWER = Map.of("message", "ok");

	@Override
	public Map<String, String> get() {
		return ANSWER;
	}

}
