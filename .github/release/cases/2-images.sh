# shellcheck shell=bash disable=SC2154,SC2034 # .ci/release sources it, and other cases use what is set here
# Tests how two signed images are made.
platform=$(docker version --format '{{.Server.Arch}}')
other=$([[ $platform == arm64 ]] && echo amd64 || echo arm64)
export VERSION=1.0.0

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
built=$printed
planned "$both" 1.0.0 "pushed, but not joined or signed"
fails "joining one platform of two" "not one image for each" ./join functions "$built"

# tamper TAG: moves the tag to another image, as anybody who can push could
tamper() { "$crane" mutate --entrypoint /bin/other "$1" -t "$1" >"$world/log" 2>&1; }
pins=
for image in functions knative; do
  # A substitute: the same image under the other platform's name. It is really joined and signed, but never run.
  first=$(printed=$built of_image $image)
  "$crane" mutate --set-platform "linux/$other" "$first" -t "${first%@*}:$other" >"$world/log" 2>&1
  second=${first%@*}@$("$crane" digest "${first%@*}:$other")
  tamper "$(tagged $image)-$platform"
  succeeds "$image is joined after someone has moved the tag that was built" ./join $image "$image=$first $image=$second"
  index=$printed
  [[ $("$crane" manifest "$index" | grep -o '"digest":"[^"]*"' | sort) == "$(printf '"digest":"%s"\n' "${first#*@}" "${second#*@}" | sort)" ]] ||
    fail "$index is not what was built"
  COSIGN_PASSWORD=wrong fails "signing $image with the wrong password" 'decryption failed' ./sign $image "$index"
  "$crane" tag "$first" "$(tagged $image | sed 's/.*://')" >"$world/log" 2>&1
  tamper "$(tagged $image)"
  tampered=${index%@*}@$("$crane" digest "$(tagged $image)")
  succeeds "$image is signed after someone has moved the tag that was joined" ./sign $image "$index"
  [[ $image != functions ]] || tampered_functions=$tampered
  fails "verifying that one" 'no signatures|no matching|not found' "$cosign" verify --key "$world/cosign.pub" --insecure-ignore-tlog "$tampered"
  "$cosign" verify-attestation --type spdxjson --key "$world/cosign.pub" --insecure-ignore-tlog "$index" 2>"$world/log" |
    sed 's/.*"payload":"\([^"]*\)".*/\1/' | base64 -d >"$world/bill"
  for jar in jackson-core "$([[ $image == functions ]] && echo r2dbc-postgresql || echo flyway-core)"; do
    grep -q "pkg:maven/[^\"]*/$jar@" "$world/bill" || fail "the bill of $image doesn't name $jar"
  done
  pass "$image: its bill of materials is signed with it"
  "$crane" config --platform "linux/$platform" "$index" | grep -q '"org.opencontainers.image.version":"1.0.0"' || fail "$image: no version in its label"
  pins+=" $image=$index"
done
planned '[]' 1.0.0 "both released"
[[ $(of_plan released) == "${pins# }" ]] || fail "released are $(of_plan released), not$pins"
