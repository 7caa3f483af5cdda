# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# From signed images to one commit on main.
someone knative/base/kustomization.yaml ']'
fails "a generator that fails" 'Failed to execute goal' ./publish
someone
printf '#!/bin/sh\nexit 1\n' >"$world/origin/hooks/pre-receive" && chmod +x "$world/origin/hooks/pre-receive"
fails "a push that is refused" "main can't be pushed" ./publish
rm "$world/origin/hooks/pre-receive"

# Someone pushes between this push's look at main and its own update of it: once.
cat >"$world/runner/.git/hooks/pre-push" <<END
#!/bin/bash
rm "\$0" && unset \$(git rev-parse --local-env-vars)
cd "$world/someone" && git pull -q && git commit -q --allow-empty -m 'Be faster' && git push -q
END
chmod +x "$world/runner/.git/hooks/pre-push"
succeeds "publishing, with someone faster" ./publish
log=$(git -C "$world/origin" log -2 --format='%an: %s' main)
[[ $log == $'github-actions[bot]: Publish '*$'\nSomeone: Be faster' ]] || fail "the history is $log"
touched=$(git -C "$world/origin" diff --name-only main^ main | sed -E 's#^(install|knative/overlays/release)/.*#\1#' | sort -u)
[[ $touched == $'install\nknative/overlays/release' ]] || fail "the commit touches $touched"
published=$(git -C "$world/origin" grep -hoE "localhost:$port/[^ \"]*" main -- install | sort -u)
[[ $published == "$(for image in functions knative; do echo "${REGISTRY}/passenger-$([[ $image == functions ]] && echo functions || echo setup)@$("$crane" digest "$(tagged $image)")"; done | sort)" ]] ||
  fail "install/ names $published"
[[ $(git -C "$world/runner" worktree list | wc -l) == 1 ]] || fail "a worktree was left behind"
pass "one commit on top of the other, of install/ and the overlay; install/ names both images by digest"
