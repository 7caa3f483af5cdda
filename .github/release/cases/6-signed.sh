# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# Tests what counts as signed, what doesn't, and what happens when the registry can't say.
image=$(tagged functions)
was=$("$crane" digest "$image")
"$crane" tag "$tampered_functions" "${image##*:}" >"$world/log" 2>&1
planned '["functions"]' 1.0.2 "a tampered image under the released tag"
"$crane" tag "${image%:*}@$was" "${image##*:}" >"$world/log" 2>&1
(cd "$world" && COSIGN_PASSWORD=right "$cosign" generate-key-pair --output-key-prefix other >/dev/null 2>&1)
SIGNING_KEY=$world/other.key planned "$both" 1.0.2 "what another signed"
# shellcheck source=/dev/null
asked() { (. ./steps.sh && . "$here/inputs.sh" && signed functions "$(repository functions)@$was"); }
for answer in "500," 401,UNAUTHORIZED 403,DENIED; do
  fails "asking who signed, when the registry answers $answer," "can't ask" answering "${answer%,*}" "${answer#*,}" asked
done
SIGNING_KEY=http://localhost:1/cosign.key fails "a plan that can't ask who signed" "can't ask" ./plan
planned '[]' 1.0.2 "as it was"
