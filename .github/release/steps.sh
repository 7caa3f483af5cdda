# shellcheck shell=bash disable=SC2034 # the steps use what is set here
# Functions and settings that the steps of a release share; they source this file.
#   REGISTRY     the registry for the images, such as ghcr.io/passenger-functions
#   SIGNING_KEY  a key of cosign's, if no workflow signs; its public key is in the same folder, with the ending .pub
#   BUILD_BASE, RUNTIME_BASE  base images to use instead of those that the Dockerfiles name
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
images=(functions knative) # the folders with a Dockerfile
REGISTRY=${REGISTRY:-} REGISTRY=${REGISTRY,,} # an owner's name may have capitals, a registry takes none
export BUILDX_NO_DEFAULT_ATTESTATIONS=1 # a platform's image is one manifest; what is attested is attested to the index

if [[ -n ${SIGNING_KEY:-} ]]; then
  signer=(--yes --key "$SIGNING_KEY" --use-signing-config=false --tlog-upload=false)
  trusted=(--key "${SIGNING_KEY%.key}.pub" --insecure-ignore-tlog)
else
  signer=(--yes)
  trusted=(--certificate-identity "https://github.com/${GITHUB_WORKFLOW_REF:-}" # this workflow, on this branch
    --certificate-oidc-issuer https://token.actions.githubusercontent.com)
fi

die() { echo "$*" >&2; exit 1; }
tool() { "$here/../tool" "$1"; }
crane() { "$("$here/../tool" crane)" "$@"; }
name() { case $1 in functions) echo passenger-functions ;; knative) echo passenger-setup ;; *) die "no such image: $1" ;; esac; }
repository() { echo "${REGISTRY:?}/$(name "$1")"; }
# reference IMAGE "IMAGE=REFERENCE…": prints the reference of that image
reference() { tr ' ' '\n' <<<"$2" | sed -n "s/^$1=//p"; }

# there REFERENCE: prints its digest, or nothing if the registry says that it doesn't exist. Fails if there is no answer.
there() {
  local answer unknown='MANIFEST_UNKNOWN|NAME_UNKNOWN|404 Not Found' repository=${1%@*}
  [[ $1 == *@* ]] || repository=${1%:*}
  # ghcr.io denies access to what does not exist. What install/ names by digest does exist.
  grep -qF "$repository@sha256:" install/passengers.yaml || unknown+='|DENIED'
  if answer=$(crane digest "$1" 2>&1); then
    tail -1 <<<"$answer"
  elif ! grep -qE "$unknown" <<<"$answer"; then
    die "can't ask for $1: $answer"
  fi
}

# generate DIRECTORY VERSION IMAGE=REFERENCE…: generates install/ with these images, in the project or in a copy of it. It
# uses this checkout's generator: its sources are inputs of the setup's image, so other sources are never published.
generate() {
  local pin set=()
  for pin in "${@:3}"; do set+=("$(name "${pin%%=*}")=${pin#*=}"); done
  (cd "$1/knative/overlays/release/common" && "$(tool kustomize)" edit set image "${set[@]}")
  sed -i -E "s|(app.kubernetes.io/version: ).*|\1$2|" "$1/knative/overlays/release/common/version.yaml"
  (cd "$here/../.." && mvn -B -q compile exec:java -Dexec.args="$1" >&2)
}
version_of() { sed -n 's|.*app.kubernetes.io/version: ||p' knative/overlays/release/common/version.yaml; }
published=(install knative/overlays/release) # what a release publishes, with its scripts and its guide
sum() { (cd "$1" && find "${published[@]}" -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-64); }
