# shellcheck shell=bash disable=SC2034 # the steps use what is set here
# What the steps of a release share; they source it.
#   REGISTRY     where the images go, such as ghcr.io/passenger-functions
#   SIGNING_KEY  a key of cosign's, where there is no workflow to sign as; its public half lies beside it as .pub
#   BUILD_BASE, RUNTIME_BASE  other bases than the Dockerfiles name
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
images=(functions knative) # the folders with a Dockerfile
export BUILDX_NO_DEFAULT_ATTESTATIONS=1 # a platform's image is one manifest; what is attested is attested to the index

if [[ -n ${SIGNING_KEY:-} ]]; then
  signer=(--yes --key "$SIGNING_KEY" --use-signing-config=false --tlog-upload=false)
  trusted=(--key "${SIGNING_KEY%.key}.pub" --insecure-ignore-tlog)
else
  signer=(--yes)
  trusted=(--certificate-identity "https://github.com/${GITHUB_WORKFLOW_REF:?}" # this workflow, on this branch
    --certificate-oidc-issuer https://token.actions.githubusercontent.com)
fi

die() { echo "$*" >&2; exit 1; }
tool() { "$here/../tool" "$1"; }
repository() { case $1 in functions) echo "${REGISTRY:?}/passenger-functions" ;; knative) echo "${REGISTRY:?}/passenger-setup" ;; esac; }
crane() { "$("$here/../tool" crane)" "$@"; }

# bases IMAGE: NAME=base@digest of each base, as it is now. A base that moved on is a changed input.
bases() {
  local name base sum
  sed -n 's/^FROM \(.*\) AS \(.*\)-base$/\1 \2/p' "$1/Dockerfile" | while read -r base name; do
    name=${name^^}_BASE
    base=${!name:-$base}
    sum=$(crane digest "$base") || exit
    echo "$name=${base%@*}@$sum"
  done
}

# tagged IMAGE: its repository, tagged with the hash of all that goes into it: its bases, its Dockerfile, and what that
# one's ignore file lets in (nothing else is there for a build to read).
tagged() {
  local ignore=$1/Dockerfile.dockerignore paths inputs
  [[ $(grep -v '^#' "$ignore" | head -1) == '*' ]] || die "$ignore must start with *: what it lets in is what is hashed"
  mapfile -t paths < <(sed -n 's/^!//p' "$ignore")
  paths+=("$1/Dockerfile" "$ignore")
  [[ -z $(git status --porcelain -- "${paths[@]}") ]] || die "$1 has changes that aren't committed"
  inputs=$(bases "$1" && git ls-tree -r HEAD -- "${paths[@]}") || die "$1: no bases"
  echo "$(repository "$1"):$(sha256sum <<<"$inputs" | cut -c1-16)"
}

# released IMAGE: what is there for these inputs, by digest. It fails when that isn't there, or signed by another.
released() {
  local image cosign sum reference
  image=$(tagged "$1") && cosign=$(tool cosign) && sum=$(crane digest "$image") || return
  reference=$(repository "$1")@$sum
  "$cosign" verify "${trusted[@]}" "$reference" >/dev/null || return
  "$cosign" verify-attestation --type spdxjson "${trusted[@]}" "$reference" >/dev/null || return
  echo "$reference"
}
