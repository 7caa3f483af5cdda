# shellcheck shell=bash disable=SC2034 # image.sh, which sources it, uses them
# What `docker build` is told of an image, from the environment: bases, where the public ones can't be pulled; a release's
# version; and as a label the hash of the image's inputs, by which a release knows it again.
arguments=(--network host --build-arg "REVISION=$(git rev-parse HEAD)")
[[ -z ${GITHUB_REPOSITORY:-} ]] || arguments+=(--build-arg "SOURCE=https://github.com/$GITHUB_REPOSITORY")
[[ -z ${INPUTS:-} ]] || arguments+=(--label "inputs=$INPUTS")
for argument in BUILD_BASE RUNTIME_BASE VERSION; do [[ -z ${!argument:-} ]] || arguments+=(--build-arg "$argument"); done
