# shellcheck shell=bash disable=SC2154 # steps.sh, which is sourced before, sets the rest
# Finds out what an image is made of, and whether a release of exactly these inputs exists already.

# bases IMAGE: prints NAME=base@digest of each base image as it is now. A new digest is a changed input.
bases() {
  local name base sum
  sed -n 's/^FROM \(.*\) AS \(.*\)-base$/\1 \2/p' "$1/Dockerfile" | while read -r base name; do
    name=${name^^}_BASE
    base=${!name:-$base}
    sum=$(crane digest "$base") || exit
    echo "$name=${base%@*}@$sum"
  done
}

# inputs IMAGE: prints the hash of all inputs: the base images, the Dockerfile, and the files that the Dockerfile's ignore
# file lets through (a build can read nothing else).
inputs() {
  local ignore=$1/Dockerfile.dockerignore paths inputs
  [[ $(grep -v '^#' "$ignore" | head -1) == '*' ]] || die "$ignore must start with *: what it lets in is what is hashed"
  mapfile -t paths < <(sed -n 's/^!//p' "$ignore")
  paths+=("$1/Dockerfile" "$ignore")
  [[ -z $(git status --porcelain -- "${paths[@]}") ]] || die "$1 has changes that aren't committed"
  inputs=$(bases "$1" && git ls-files -s -- "${paths[@]}") || die "$1: no bases"
  sha256sum <<<"$inputs" | cut -c1-16
}
tagged() { local inputs; inputs=$(inputs "$1") && echo "$(repository "$1"):$inputs"; }

# verified COMMAND…: whether cosign confirms it. A no is only what cosign says of what it has read: unsigned, signed by
# somebody else, or without an attestation of that type. Whatever else it says, it could not ask, which is an error.
verified() {
  local cosign answer no='no signatures found|no matching (signatures|attestations)|none of the attestations matched'
  cosign=$(tool cosign) || exit
  answer=$("$cosign" "$@" 2>&1 >/dev/null) && return
  grep -qE "^Error: ($no)" <<<"$answer" || die "can't ask: $answer"
  return 1
}

# signed IMAGE REFERENCE: whether a release has signed it, with its bill of materials, as an image of these inputs. Anybody
# who can push may move a tag, even to another signed image; the label, which is signed as well, reveals that.
signed() {
  local inputs config platform=${PLATFORMS:-amd64}
  inputs=$(inputs "$1") || exit
  verified verify "${trusted[@]}" "$2" || return
  verified verify-attestation --type spdxjson "${trusted[@]}" "$2" || return
  config=$(crane config --platform "linux/${platform%% *}" "$2") || exit
  [[ $config == *"\"inputs\":\"$inputs\""* ]]
}

# released IMAGE: prints the released image of these inputs, by digest, or nothing.
released() {
  local image sum
  image=$(tagged "$1") && sum=$(there "$image") || exit
  [[ -z $sum ]] || ! signed "$1" "${image%:*}@$sum" || echo "${image%:*}@$sum"
}
