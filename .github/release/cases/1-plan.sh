# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# Tests what plan makes of an image that exists, one that does not, and a registry that can't say.
both='["functions","knative"]'
planned "$both" 1.0.0 "nothing released yet"
stop_registry
fails "a plan without the registry" 'connection refused' ./plan
start_registry false

# answering STATUS CODE COMMAND…: runs the command with a registry that always gives this answer
answering() {
  local answer=$((port + 1)) process status=0
  python3 "$project/.github/release/answers.py" "$answer" "$1" "$2" &
  process=$!
  curl -s -o /dev/null --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$answer/v2/"
  REGISTRY=localhost:$answer/passengers "${@:3}" || status=$?
  kill "$process"
  wait "$process" 2>/dev/null || true
  return "$status"
}
for answer in "500," 401,UNAUTHORIZED "403," 429,TOOMANYREQUESTS; do
  fails "a plan with a registry that answers $answer" "can't ask for" answering "${answer%,*}" "${answer#*,}" ./plan
done
for answer in "404," 404,NAME_UNKNOWN 404,MANIFEST_UNKNOWN 403,DENIED; do
  answering "${answer%,*}" "${answer#*,}" planned "$both" 1.0.0 "never published, and the registry answers $answer"
done
echo "# localhost:$((port + 1))/passengers/passenger-functions@sha256:0" >>../../install/passengers.yaml
fails "a plan with a registry that denies what was published there" "can't ask for" answering 403 DENIED ./plan
pull
