# shellcheck shell=bash disable=SC2034 # image.sh, which sources it, uses them
# The arguments of `docker build`, from the environment: other base images, if the public ones can't be pulled; a release's
# version; and the hash of the image's inputs, as a label by which a release recognizes the image.
arguments=(--network host --build-arg "REVISION=$(git rev-parse HEAD)")
[[ -z ${GITHUB_REPOSITORY:-} ]] || arguments+=(--build-arg "SOURCE=https://github.com/$GITHUB_REPOSITORY")
[[ -z ${INPUTS:-} ]] || arguments+=(--label "inputs=$INPUTS")
for argument in BUILD_BASE RUNTIME_BASE VERSION; do [[ -z ${!argument:-} ]] || arguments+=(--build-arg "$argument"); done
