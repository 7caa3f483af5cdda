#!/usr/bin/env bash
# Builds the image and tries it: each function alone, without root, read-only, within the limits it has on a cluster.
# The variables name other base images, for machines that can't pull the public ones.
#   BUILD_BASE=… RUNTIME_BASE=… POSTGRES=… functions/image.sh [IMAGE]
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=functions/declared.sh
. functions/declared.sh
image=${1:-dev.local/$image_name:1}
postgres=${POSTGRES:-postgres:18}
most_added=90000000 # bytes, compressed: 110 MB less 20 MB for the base
. .github/release/arguments.sh
docker build --progress plain "${arguments[@]}" -f functions/Dockerfile -t "$image" .

run=$database-$$
trap 'docker rm -fv "$run-postgres" "$run" >/dev/null 2>&1 || true; docker network rm "$run" >/dev/null 2>&1 || true' EXIT
die() { echo "$*" >&2; docker logs "$run" >&2 || true; exit 1; }
[[ -z ${RUNTIME_BASE:-} ]] || added=$(($(docker save "$image" | gzip | wc -c) - $(docker save "$RUNTIME_BASE" | gzip | wc -c)))
echo "added to the base: ${added:-?} bytes, compressed"
((${added:-0} <= most_added)) || die "more than $most_added"

docker network create "$run" >/dev/null
docker run -d --name "$run-postgres" --network "$run" -e POSTGRES_DB="$database" -e POSTGRES_PASSWORD=smoke \
  -v "$PWD/functions/src/main/resources/db/migration:/docker-entrypoint-initdb.d:ro" "$postgres" >/dev/null
sql() { docker exec "$run-postgres" psql -qAt -h 127.0.0.1 -U postgres -d "$database" -c "$1"; }
for _ in {1..120}; do sql "SELECT FROM $table" >/dev/null 2>&1 && break; sleep 0.5; done
# status METHOD PATH: prints the status; POST and PUT send the example
status() { local data=(); [[ $1 != P* ]] || data=(-H 'Content-Type: application/json' -d "$body"); curl -s -o /dev/null -w '%{http_code}' -X "$1" "${data[@]}" "$url$2"; }
expect() { local got; got=$(status "$2" "$3") || true; [[ $got == "$1" ]] || die "$function: $2 $3 is $got, not $1"; }

# serve FUNCTION ARGUMENT…: starts the function, alone
serve() {
  docker run -d --name "$run" --network "$run" -p 127.0.0.1::8080 --read-only --tmpfs /tmp --user 65532:65532 --memory 256m \
    --cpus 1 --cap-drop ALL --security-opt no-new-privileges -e "SPRING_CLOUD_FUNCTION_DEFINITION=$1" "${@:2}" "$image" >/dev/null
  url=http://$(docker port "$run" 8080)
  for _ in {1..300}; do [[ $(status GET /none) == 404 ]] && break; sleep 0.1; done
}
# try FUNCTION METHOD TAKES-KEY STATUS ROLE: it answers at the short and the long form of its path, and only there
try() {
  local key='' other
  function=$1
  [[ $3 == false ]] || key=$uuid
  [[ $5 == false ]] || sql "ALTER ROLE $1 PASSWORD 'smoke'"
  serve "$1" -e "SPRING_R2DBC_USERNAME=$1" -e SPRING_R2DBC_PASSWORD=smoke -e "SPRING_R2DBC_URL=r2dbc:postgresql://$run-postgres/$database"
  expect "$4" "$2" "/$key"
  [[ $2 == DELETE ]] || expect "$4" "$2" "/$1${key:+/$key}"
  for other in "${functions[@]%% *}"; do [[ $other == "$1" ]] || { expect 404 GET "/$other"; expect 404 GET "/$other/$uuid"; }; done
  docker stop -t 5 "$run" >/dev/null
  [[ $(docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}}' "$run") == "0 false" ]] || die "$1 did not stop cleanly"
  docker rm "$run" >/dev/null && echo "$1 ok"
}
# The function that creates a row comes before those that need one.
uuid=none
for declared in "${functions[@]}"; do read -ra words <<<"$declared"; [[ ${words[2]} == true ]] || try "${words[@]}"; done
uuid=$(sql "SELECT uuid FROM $table LIMIT 1")
for declared in "${functions[@]}"; do read -ra words <<<"$declared"; [[ ${words[2]} == false ]] || try "${words[@]}"; done
# Nothing else needs the JDK's modules for telemetry.
serve "${functions[0]%% *}" -p 127.0.0.1::9464 -e OTEL_METRICS_EXPORTER=prometheus -e OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318
curl -sf "http://$(docker port "$run" 9464)/metrics" | grep -q '^process_start_duration_seconds' || die "no metrics"
echo "telemetry ok"
