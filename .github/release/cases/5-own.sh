# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# Tests building and pushing images of one's own, without a workflow.
unset VERSION
pull
before=$(git status --porcelain --ignored=no)
REGISTRY=localhost:$port/Own succeeds "own images with one command" ../../install/own-images
[[ $(tail -1 <<<"$printed") == '  kubectl apply -f target/own/install/passengers.yaml' ]] || fail "it doesn't say how to install them"
[[ $(git status --porcelain) == "$before" ]] || fail "the project's own files have changed"
own=../../target/own/install/passengers.yaml
named=$(grep -oE 'image: .*/passenger-.*' "$own" | sort | uniq -c | awk '{print $1, $3}' | sed -E 's/@sha256:[0-9a-f]{64}$//')
[[ $named == "7 localhost:$port/own/passenger-functions"$'\n'"1 localhost:$port/own/passenger-setup" ]] || fail "it names $named"
grep -oE 'localhost:.*' "$own" | sort -u | while read -r image; do "$crane" digest "$image" >"$world/log" 2>&1 || fail "there is no $image"; done
pass "its YAML names both images by digest, and they are there"
