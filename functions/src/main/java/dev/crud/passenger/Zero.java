package dev.crud.passenger;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

/**
 * Answers with next to nothing, without a look at the database.
 */
@Component("zero")
class Zero implements Supplier<Map<String, String>> {

	@Override
	public Map<String, String> get() {
		return Map.of("0", "");
	}

}
