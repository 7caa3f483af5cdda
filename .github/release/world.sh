# shellcheck shell=bash disable=SC2034 # the test uses what is set here
# What .ci/release needs for its tests: a registry, a key, a bare repository as origin, and two clones, runner and someone.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
world=$(mktemp -d)
passed=0
port=$(shuf -i 20000-29999 -n 1)
export REGISTRY=localhost:$port/passengers SIGNING_KEY=$world/cosign.key COSIGN_PASSWORD=right
crane=$("$project/.github/tool" crane)
cosign=$("$project/.github/tool" cosign)
registry=$("$project/.github/tool" registry)

stop_registry() { [[ -z ${registry_process:-} ]] || kill "$registry_process" 2>/dev/null || true; registry_process=; }
start_registry() { # READ-ONLY
  stop_registry
  cat >"$world/registry.yaml" <<END
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $world/registry}, maintenance: {readonly: {enabled: $1}}}
http: {addr: 127.0.0.1:$port}
END
  env -u REGISTRY "$registry" serve "$world/registry.yaml" >>"$world/registry.log" 2>&1 &
  registry_process=$!
  curl -s -o /dev/null --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$port/v2/"
}
clean() {
  local status=$?
  ((status == 0)) || { tail -20 "$world/log" && echo "release: $passed passed, 1 failed"; } >&2
  stop_registry
  docker images --digests --format '{{.Repository}}:{{.Tag}} {{.Repository}}@{{.Digest}}' "localhost:$port/*/*" | tr ' ' '\n' |
    grep -v '<none>' | xargs -r docker rmi >/dev/null 2>&1 || true
  rm -rf "$world"
}
trap clean EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
pass() { echo "ok: $*"; passed=$((passed + 1)); }

start_registry false
(cd "$world" && "$cosign" generate-key-pair >/dev/null 2>&1)
# Base images that exist only on this machine are pushed to the registry, to have a digest; public ones stay where they are.
for base in BUILD_BASE RUNTIME_BASE; do
  [[ -n ${!base:-} ]] || continue
  docker tag "${!base}" "localhost:$port/bases/${base,,}:1" && docker push -q "localhost:$port/bases/${base,,}:1" >/dev/null
  export "$base=localhost:$port/bases/${base,,}:1"
done
git clone -q --bare --no-tags "$project" "$world/origin"
git -C "$world/origin" update-ref refs/heads/main "$(git -C "$project" rev-parse HEAD)"
git -C "$world/origin" symbolic-ref HEAD refs/heads/main
for clone in runner someone; do git clone -q "$world/origin" "$world/$clone"; done
git -C "$world/someone" config user.name Someone
git -C "$world/someone" config user.email someone@example.org
