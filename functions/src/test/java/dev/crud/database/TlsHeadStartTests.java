package dev.crud.database;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TlsHeadStartTests {

	@Test
	void firstMessageIsMade() throws Exception {
		assertThat(TlsHeadStart.greet()).isPositive();
	}

}
