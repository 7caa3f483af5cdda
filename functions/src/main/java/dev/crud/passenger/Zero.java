package dev.crud.passenger;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

/**
 * Answers a constant, without using the database.
 */
@Component("zero")
class Zero implements Supplier<Map<String, String>> {

	static final Map<String, String> ANSWER = Map.of("0", "");

	@Override
	public Map<String, String> get() {
		return ANSWER;
	}

}
