# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# From nothing to two signed images.
platform=$(docker version --format '{{.Server.Arch}}')
other=$([[ $platform == arm64 ]] && echo amd64 || echo arm64)

planned '["functions","knative"]' "nothing released yet"
stop_registry
fails "a plan without the registry" 'connection refused' ./plan
start_registry true
someone knative/Dockerfile 'RUN false' && pull
fails "a broken Dockerfile" 'RUN false' ./build knative
someone && pull
echo >>../../knative/java.options
fails "a build of what isn't committed" "aren't committed" ./build knative
git checkout -q ../../knative/java.options
fails "a push to a registry that takes none" 'not allowed' ./build functions
start_registry false
succeeds "both images are built, tried and pushed" ./build "functions knative"
planned '["functions","knative"]' "pushed, but not joined or signed"

fails "joining a platform that isn't there" "MANIFEST_UNKNOWN" ./join functions
for image in functions knative; do
  # A stand-in: the same image under the other platform's name. It is joined and signed for real, and never run.
  "$crane" mutate --set-platform "linux/$other" "$(tagged $image)-$platform" -t "$(tagged $image)-$other" >"$world/log" 2>&1
  index=$(./join $image 2>"$world/log")
  [[ $("$crane" manifest "$index" | grep -o '"architecture"' | wc -l) == 2 ]] || fail "$index has not two platforms"
  pass "$image: two platforms under one index"
  COSIGN_PASSWORD=wrong fails "signing $image with the wrong password" 'decryption failed' ./sign $image "$index"
  succeeds "$image is signed" ./sign $image "$index"
  "$cosign" verify-attestation --type spdxjson --key "$world/cosign.pub" --insecure-ignore-tlog "$index" 2>"$world/log" |
    sed 's/.*"payload":"\([^"]*\)".*/\1/' | base64 -d >"$world/bill"
  for jar in jackson-core "$([[ $image == functions ]] && echo r2dbc-postgresql || echo flyway-core)"; do
    grep -q "pkg:maven/[^\"]*/$jar@" "$world/bill" || fail "the bill of $image doesn't name $jar"
  done
  pass "$image: its bill of materials is signed with it"
done
planned '[]' "both released"
