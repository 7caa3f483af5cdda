#!/usr/bin/env bash
# Builds the image of the setup and tries it the way `docker compose` uses it: credentials, Postgres, setup, functions.
# The variables name other images, for machines that can't pull the public ones.
#   BUILD_BASE=… RUNTIME_BASE=… POSTGRES=… FUNCTIONS=… knative/image.sh [IMAGE]
set -euo pipefail
cd "$(dirname "$0")/.."
image=${1:-dev.local/passenger-setup:1}
functions=${FUNCTIONS:-dev.local/passenger-functions:1}
. .github/release/arguments.sh
docker build --progress plain "${arguments[@]}" -f knative/Dockerfile -t "$image" .

run=setup-$$
trap 'docker rm -fv "$run-postgres" "$run-functions" >/dev/null 2>&1 || true; docker network rm "$run" >/dev/null 2>&1 || true
  docker volume rm "$run" >/dev/null 2>&1 || true' EXIT
die() { echo "$*" >&2; docker logs "$run-postgres" >&2 || true; docker logs "$run-functions" >&2 || true; exit 1; }
limits=(--network "$run" --read-only --tmpfs /tmp --user 65532:65532 --memory 256m --cpus 1 --cap-drop ALL --security-opt no-new-privileges)
docker network create "$run" >/dev/null
docker volume create "$run" >/dev/null
setup() {
  docker run --rm "${limits[@]}" -v "$run:/credentials" -e CREDENTIALS_DIRECTORY=/credentials \
    -e "POSTGRES_URL=jdbc:postgresql://$run-postgres:5432/passengers" "$image" "$@"
}
sql() { docker exec "$run-postgres" psql -qAt -h /var/run/postgresql -U postgres -d passengers -c "$1"; }
state() { sql "SELECT rolname, rolpassword FROM pg_authid ORDER BY 1"; sql "SELECT * FROM flyway_schema_history"; sql "SELECT * FROM passengers ORDER BY uuid"; }

setup credentials
docker run -d --name "$run-postgres" --network "$run" -v "$run:/credentials:ro" -e POSTGRES_DB=passengers \
  -e POSTGRES_PASSWORD_FILE=/credentials/postgres/password "${POSTGRES:-postgres:18}" >/dev/null
log=$(setup) || die "The first run failed: $log"
echo "$log"
before=$(state)
again=$(setup) || die "The second run failed: $again"
echo "$again"
[[ $(state) == "$before" ]] || die "The second run changed something"

# secret NAME: prints a password, read as the functions' user to show that this user may
secret() { docker run --rm --user 65532:65532 --entrypoint cat -v "$run:/credentials:ro" "${POSTGRES:-postgres:18}" "/credentials/$1/password"; }
password=$(secret passengerfunctions-database)
! grep -qF -e "$password" -e "$(secret postgres)" <<<"$log$again" || die "A password is in the log"
docker run -d --name "$run-functions" -p 127.0.0.1::8080 "${limits[@]}" -e SPRING_R2DBC_PASSWORD="$password" \
  -e "SPRING_R2DBC_URL=r2dbc:postgresql://$run-postgres/passengers" "$functions" >/dev/null
url=http://$(docker port "$run-functions" 8080)/passengerlist
passengers=$(curl -sS --retry 60 --retry-delay 1 --retry-all-errors -H 'Accept: text/csv' "$url" | tail -n +2 | wc -l) || die "No answer"
[[ $passengers == "$(tail -n +2 functions/src/main/resources/db/sample.csv | wc -l)" ]] || die "$passengers passengers"
echo "setup ok: $passengers passengers"
