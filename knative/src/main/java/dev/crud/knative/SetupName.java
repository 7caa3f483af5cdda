package dev.crud.knative;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Puts a hash of its content into the setup Job's name, because an existing Job can't be
 * changed.
 */
final class SetupName {

	private static final int HASH_LENGTH = 10;

	private SetupName() {
	}

	/**
	 * Makes the patch that gives the Job its name.
	 * @param rendered YAML with the Job, whatever its name
	 * @return a JSON patch (RFC 6902)
	 */
	static String patch(String rendered) {
		Job job = Manifests.parse(rendered)
			.stream()
			.filter(Job.class::isInstance)
			.map(Job.class::cast)
			.findFirst()
			.orElseThrow();
		return "- op: replace\n  path: /metadata/name\n  value: setup-%s\n".formatted(hash(job));
	}

	private static String hash(Job job) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(Serialization.asYaml(job.getSpec()).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
