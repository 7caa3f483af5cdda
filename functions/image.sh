#!/usr/bin/env bash
# Builds the image and tries it: each function alone, without root, read-only, within the limits it has on a cluster.
# The variables name other base images, for machines that can't pull the public ones.
#   BUILD_BASE=… RUNTIME_BASE=… POSTGRES=… functions/image.sh [IMAGE]
set -euo pipefail
cd "$(dirname "$0")/.."
image=${1:-dev.local/passenger-functions:1}
postgres=${POSTGRES:-postgres:18}
most_added=80000000 # bytes, compressed: 110 MB less 30 MB for the base
arguments=(--network host --build-arg "REVISION=$(git rev-parse HEAD)")
for base in BUILD_BASE RUNTIME_BASE; do [[ -z ${!base:-} ]] || arguments+=(--build-arg "$base"); done
docker build --progress plain "${arguments[@]}" -f functions/Dockerfile -t "$image" .

run=passengers-$$
trap 'docker rm -fv "$run-postgres" "$run" >/dev/null 2>&1 || true; docker network rm "$run" >/dev/null 2>&1 || true' EXIT
die() { echo "$*" >&2; docker logs "$run" >&2 || true; exit 1; }
[[ -z ${RUNTIME_BASE:-} ]] || added=$(($(docker save "$image" | gzip | wc -c) - $(docker save "$RUNTIME_BASE" | gzip | wc -c)))
echo "added to the base: ${added:-?} bytes, compressed"
((${added:-0} <= most_added)) || die "more than $most_added"

docker network create "$run" >/dev/null
docker run -d --name "$run-postgres" --network "$run" -e POSTGRES_DB=passengers -e POSTGRES_PASSWORD=smoke \
  -v "$PWD/functions/src/main/resources/db/migration:/docker-entrypoint-initdb.d:ro" "$postgres" >/dev/null
sql() { docker exec "$run-postgres" psql -qAt -h 127.0.0.1 -U postgres -d passengers -c "$1"; }
for _ in {1..120}; do sql 'SELECT FROM passengers' >/dev/null 2>&1 && break; sleep 0.5; done
for role in passengerlist getpassenger postpassenger putpassenger deletepassenger; do sql "ALTER ROLE $role PASSWORD 'smoke'"; done
body='{"survived":true,"passengerClass":2,"name":"Ada","sex":"female","age":27.5,"siblingsOrSpousesAboard":0,"parentsOrChildrenAboard":1,"fare":13.0}'
columns='survived, passenger_class, name, sex, age, siblings_or_spouses_aboard, parents_or_children_aboard, fare'
uuid=$(sql "INSERT INTO passengers ($columns) VALUES (true, 2, 'Ada', 'female', 27.5, 0, 1, 13) RETURNING uuid")

# status METHOD PATH: prints the status; POST and PUT send the passenger
status() { local data=(); [[ $1 != P* ]] || data=(-H 'Content-Type: application/json' -d "$body"); curl -s -o /dev/null -w '%{http_code}' -X "$1" "${data[@]}" "$url$2"; }
expect() { local got; got=$(status "$2" "$3") || true; [[ $got == "$1" ]] || die "$function: $2 $3 is $got, not $1"; }

# try FUNCTION METHOD ARGUMENT STATUS OTHER-FUNCTION: it answers at the short and the long form of its path, and only there
try() {
  function=$1
  docker run -d --name "$run" --network "$run" -p 127.0.0.1::8080 --read-only --tmpfs /tmp --user 65532:65532 --memory 256m \
    --cpus 1 --cap-drop ALL --security-opt no-new-privileges -e "SPRING_CLOUD_FUNCTION_DEFINITION=$1" -e "SPRING_R2DBC_USERNAME=$1" \
    -e SPRING_R2DBC_PASSWORD=smoke -e "SPRING_R2DBC_URL=r2dbc:postgresql://$run-postgres/passengers" "$image" >/dev/null
  url=http://$(docker port "$run" 8080)
  for _ in {1..300}; do [[ $(status GET /none) == 404 ]] && break; sleep 0.1; done
  expect "$4" "$2" "/$3"
  [[ $2 == DELETE ]] || expect "$4" "$2" "/$1${3:+/$3}"
  expect 404 GET "/$5"
  docker stop -t 5 "$run" >/dev/null
  [[ $(docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}}' "$run") == "0 false" ]] || die "$1 did not stop cleanly"
  docker rm "$run" >/dev/null && echo "$1 ok"
}
try hello GET '' 200 zero
try zero GET '' 200 hello
try passengerlist GET '' 200 hello
try getpassenger GET "$uuid" 200 hello
try postpassenger POST '' 201 hello
try putpassenger PUT "$uuid" 200 "getpassenger/$uuid"
try deletepassenger DELETE "$uuid" 204 "getpassenger/$uuid"
