# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# Tests what later releases change, and what they don't.
stored() { find "$world/registry" -type f -printf '%p %s %T@\n' | sort | sha256sum; }
export TESTS=true TRY=true
unset VERSION
pull
before=$(stored)
succeeds "the same again" ./release
someone "$(git -C "$world/runner" ls-files 'functions/src/test/*Tests.java' | head -1)" '// A test.' && pull
planned '[]' 1.0.1 "a change of a test alone"
succeeds "a release of it" ./release
[[ $(stored) == "$before" && $(git -C "$world/origin" log -1 --format=%s main) == Change* ]] || fail "something was pushed"
pass "nothing was built, nothing was pushed"

functions=$("$crane" ls "$REGISTRY/passenger-functions")
someone knative/java.options '# Another line.' && pull
planned '["knative"]' 1.0.1 "a change to the setup"
before=$(stored)
TESTS='ls /nowhere' fails "a release whose tests fail" nowhere ./release
[[ $(stored) == "$before" ]] || fail "something was built"
TRY='ls /nowhere' fails "a release whose candidate fails on the cluster" nowhere ./release
planned '["knative"]' 1.0.1 "nothing was signed"
setup=$(tagged knative)
# shellcheck source=/dev/null
(. ./steps.sh && "$cosign" sign "${signer[@]}" "${setup%:*}@$("$crane" digest "$setup")") >"$world/log" 2>&1
planned '["knative"]' 1.0.1 "signed, but without a bill of materials"
succeeds "a release of it" ./release
[[ $("$crane" ls "$REGISTRY/passenger-functions" | grep -vxF 1.0.1) == "$functions" ]] || fail "the functions were built too"
[[ $(git -C "$world/origin" diff main^ main -- install | grep -cE '^\+.*passenger-functions@') == 0 ]] || fail "the functions' digest changed"
[[ $(git -C "$world/origin" diff main^ main -- install | grep -cE '^\+.*passenger-setup@') != 0 ]] || fail "the setup's digest did not change"
[[ $("$crane" digest "$REGISTRY/passenger-setup:1.0.0") == "${pins##*@}" ]] || fail "1.0.0 was moved"
pass "the setup alone was built and published, as 1.0.1; 1.0.0 is what it was"

pull
succeeds "a candidate" ./candidate 1.0.2 "$pins"
sum=$printed
pull
someone knative/java.options '# And another.'
before=$(main)
succeeds "publishing when main has moved on to inputs that aren't released" ./publish 1.0.2 "$sum" "$pins"
[[ $(main) == "$before" ]] || fail "it published"
pull
"$crane" tag "${pins##*knative=}" "$(tagged knative | sed 's/.*://')" >"$world/log" 2>&1
planned '["knative"]' 1.0.2 "an older image, signed once, under the tag of a newer one"
someone && pull

if [[ -n ${RUNTIME_BASE:-} ]]; then
  was=$("$crane" digest "$RUNTIME_BASE")
  "$crane" mutate --label moved=on "$RUNTIME_BASE" -t "$RUNTIME_BASE" >"$world/log" 2>&1
  planned "$both" 1.0.2 "a base that moved on"
  "$crane" tag "${RUNTIME_BASE%:*}@$was" 1 >"$world/log" 2>&1
fi
