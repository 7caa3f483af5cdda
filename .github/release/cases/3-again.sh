# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# What changes, and what doesn't, from then on.
stored() { find "$world/registry" -type f -printf '%p %s %T@\n' | sort | sha256sum; }
pull
before=$(main)$(stored)
succeeds "the same again" ./release
[[ $(main)$(stored) == "$before" ]] || fail "something was pushed"
pass "nothing was built, nothing was pushed"

functions=$("$crane" ls "$REGISTRY/passenger-functions")
someone knative/java.options '# Another line.' && pull
planned '["knative"]' "a change to the setup"
succeeds "a release of it" ./release
[[ $("$crane" ls "$REGISTRY/passenger-functions") == "$functions" ]] || fail "the functions were built too"
[[ $(git -C "$world/origin" diff main^ main -- install | grep -cE '^\+.*passenger-functions@') == 0 ]] || fail "the functions' digest changed"
[[ $(git -C "$world/origin" diff main^ main -- install | grep -cE '^\+.*passenger-setup@') != 0 ]] || fail "the setup's digest did not change"
pass "the setup alone was built and published"

pull
someone knative/java.options '# And another.'
before=$(main)
succeeds "publishing when main has moved on to inputs that aren't released" ./publish
[[ $(main) == "$before" ]] || fail "it published"
someone && pull

if [[ -n ${RUNTIME_BASE:-} ]]; then
  was=$("$crane" digest "$RUNTIME_BASE")
  "$crane" mutate --label moved=on "$RUNTIME_BASE" -t "$RUNTIME_BASE" >"$world/log" 2>&1
  planned '["functions","knative"]' "a base that moved on"
  "$crane" tag "${RUNTIME_BASE%:*}@$was" 1 >"$world/log" 2>&1
fi

image=$(tagged functions)
was=$("$crane" digest "$image")
"$crane" mutate --entrypoint /bin/other "$image-$platform" -t "$image" >"$world/log" 2>&1
fails "verifying a tampered image" 'no signatures|no matching|not found' "$cosign" verify --key "$world/cosign.pub" --insecure-ignore-tlog "${image%:*}@$("$crane" digest "$image")"
planned '["functions"]' "a tampered image under the released tag"
fails "publishing a tampered image" 'no released image' ./publish
"$crane" tag "${image%:*}@$was" "${image##*:}" >"$world/log" 2>&1
(cd "$world" && COSIGN_PASSWORD=right "$cosign" generate-key-pair --output-key-prefix other >/dev/null 2>&1)
SIGNING_KEY=$world/other.key fails "publishing what another signed" 'no released image' ./publish
planned '[]' "as it was"
