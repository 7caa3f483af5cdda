# shellcheck shell=bash disable=SC2154 # .ci/release sources it
# Tests how signed images lead to one commit and one tag on main.
succeeds "a candidate" ./candidate 1.0.0 "$pins"
sum=$printed
cp ../../install/*.yaml "$world/"
pull
publish=(./publish 1.0.0 "$sum" "$pins")
someone knative/base/kustomization.yaml ']'
fails "a generator that fails" 'Failed to execute goal' "${publish[@]}"
someone && pull
fails "publishing what is not what was tried" 'not what was tried' ./publish 1.0.0 "${sum//[0-4]/5}" "$pins"
fails "publishing an image that no release signed" 'no released image' ./publish 1.0.0 "$sum" "${pins%knative=*}knative=$tampered"
"$crane" tag "$tampered" 1.0.0 >"$world/log" 2>&1
fails "publishing under a version that is another image" 'another image already' "${publish[@]}"
"$crane" tag "${pins##*knative=}" 1.0.0 >"$world/log" 2>&1
printf '#!/bin/sh\nexit 1\n' >"$world/origin/hooks/pre-receive" && chmod +x "$world/origin/hooks/pre-receive"
fails "a push that is refused" "can't be pushed" "${publish[@]}"
rm "$world/origin/hooks/pre-receive"
someone install/new-passwords '# Another line.'
before=$(main)
succeeds "publishing when main has another new-passwords than was tried" "${publish[@]}"
[[ -z $printed && $(main) == "$before" ]] || fail "it published"
someone

# Someone pushes, once, after this push has read main and before it updates main.
cat >"$world/runner/.git/hooks/pre-push" <<END
#!/bin/bash
rm "\$0" && unset \$(git rev-parse --local-env-vars)
cd "$world/someone" && git pull -q && git commit -q --allow-empty -m 'Be faster' && git push -q
END
chmod +x "$world/runner/.git/hooks/pre-push"
succeeds "publishing, with someone faster" "${publish[@]}"
[[ $printed == v1.0.0 ]] || fail "it printed $printed"
log=$(git -C "$world/origin" log -2 --format='%an: %s' main)
[[ $log == $'github-actions[bot]: Publish 1.0.0\nSomeone: Be faster' ]] || fail "the history is $log"
[[ $(git -C "$world/origin" rev-parse 'v1.0.0^{commit}') == "$(main)" ]] || fail "the tag is elsewhere"
touched=$(git -C "$world/origin" diff --name-only main^ main | sed -E 's#^(install|knative/overlays/release)/.*#\1#' | sort -u)
[[ $touched == $'install\nknative/overlays/release' ]] || fail "the commit touches $touched"
for file in passengers single-host compose; do
  git -C "$world/origin" show "main:install/$file.yaml" | cmp - "$world/$file.yaml" || fail "$file.yaml is not the candidate"
  grep -qx '# Release: 1.0.0' "$world/$file.yaml" || fail "$file.yaml doesn't say which release it is"
done
pass "what is published is the candidate, byte for byte"
named=$(grep -hoE "localhost:$port/[^ \"]*" "$world"/*.yaml | sort -u)
[[ $named == "$(tr ' ' '\n' <<<"${pins# }" | sed 's/^[a-z]*=//' | sort)" ]] || fail "install/ names $named"
[[ $(grep -cF 1.0.0 "$world/passengers.yaml") == 2 ]] || fail "the version is in more places than the heading and the namespace's label"
[[ $(git -C "$world/origin" tag -l --format='%(contents)' v1.0.0) == 'Release 1.0.0'*'- Be faster ('* ]] || fail "no notes"
[[ $(git -C "$world/runner" worktree list | wc -l) == 1 ]] || fail "a worktree was left behind"
pass "one commit and a tag with notes on top of the other, of install/ and the overlay; install/ names both images by digest"
for pin in $pins; do
  image=${pin#*=}
  [[ $("$crane" digest "${image%@*}:1.0.0") == "${image#*@}" ]] || fail "1.0.0 is not $pin"
done
git tag -d v1.0.0 >"$world/log" # a new runner knows only what origin knows
before=$(main)
succeeds "publishing once more, as after a push without an answer" "${publish[@]}"
[[ $printed == v1.0.0 && $(main) == "$before" ]] || fail "it printed $printed and main is $(main)"
fails "publishing something else as 1.0.0" 'another release already' ./publish 1.0.0 "${sum//[0-4]/5}" "$pins"
succeeds "a candidate of a commit from before the release" ./candidate 1.0.1 "$pins"
[[ -z $printed ]] || fail "it would be published again"
