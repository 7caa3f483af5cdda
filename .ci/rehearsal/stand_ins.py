"""Substitutes for what a runner has and this machine doesn't."""

import os
import pathlib
import re
import subprocess

from expressions import Problem

RUNNER_ONLY = "only a runner can: it needs GitHub's identity or services"
ACTIONS = {
    "actions/checkout": "git clone",
    "actions/setup-java": "a JDK of this machine",
    "docker/login-action": "nothing: the local registry asks for no login",
    "helm/kind-action": "the kit's cluster",
    "actions/attest": RUNNER_ONLY,
    "github/codeql-action/init": RUNNER_ONLY,
    "github/codeql-action/analyze": RUNNER_ONLY,
    "github/codeql-action/upload-sarif": RUNNER_ONLY,
    "ossf/scorecard-action": RUNNER_ONLY,
}
NO_KIT = "there is no kit for a cluster here"
LEFT_OUT = {
    r"\.github/e2e/knative": "it downloads what the kit's cluster has",
    r"gh release create": RUNNER_ONLY,
    r"\.github/scan dependencies": "it downloads a list of vulnerabilities",
}
if "/passenger-functions@sha256:" in pathlib.Path("install/passengers.yaml").read_text():
    LEFT_OUT[r"\.github/scan images"] = LEFT_OUT[r"\.github/scan dependencies"]
# The kit's base images, by a part of the names of the public images.
IMAGES = {
    "maven": "dev.local/maven:25",
    "distroless": "dev.local/debian:1",
    "postgres": "dev.local/postgres:18",
    "nginx": "dev.local/nginx:1",
}


def action(uses):
    name, _, digest = uses.partition("@")
    if name not in ACTIONS or not re.fullmatch("[0-9a-f]{40}", digest):
        raise Problem(f"nothing stands for {uses}")
    return name


def docker(*arguments):
    return subprocess.run(["docker", *arguments], capture_output=True, text=True)


def have(image):
    return docker("image", "inspect", image).returncode == 0


def public_images():
    """Returns the public images that Dockerfiles, YAML and scripts name."""
    found = set()
    for path in ["functions/Dockerfile", "knative/Dockerfile", *map(str, pathlib.Path("install").glob("*.yaml"))]:
        content = pathlib.Path(path).read_text()
        found.update(re.findall(r"^FROM (\S+) AS \S+-base$|^[ -]*image: (\S+)$", content, re.M))
    names = {one or other for one, other in found} | {"postgres:18"}
    return sorted(name for name in names if "/passenger-" not in name)


def tag_public_images():
    """Gives the kit's images the names of the public images. Returns the names that did not exist before."""
    tagged = {}
    for name in public_images():
        ours = next((image for part, image in IMAGES.items() if part in name), None)
        if ours and have(ours) and not have(name):
            docker("tag", ours, name)
            tagged[name] = ours
    return tagged


def jdk(version):
    """Returns the home of this machine's JDK of that version."""
    home = os.environ.get(f"JAVA_HOME_{version}_X64")
    found = [home] if home else sorted(map(str, pathlib.Path("/usr/lib/jvm").glob(f"*{version}*")))
    found = [path for path in found if os.access(f"{path}/bin/javac", os.X_OK)]
    if not found:
        raise Problem(f"there is no JDK {version} here")
    return found[0]
