"""Sets up what a rehearsal needs: a repository to clone, a registry, a key to sign with, and a cluster from a kit."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile

import stand_ins
from expressions import Problem

HERE = pathlib.Path(__file__).parent.resolve()
KEPT = ("PATH", "HOME", "LANG", "XDG_CACHE_HOME", "GOPROXY", "GOFLAGS", "GOSUMDB", "SSL_CERT_FILE", "MAVEN_OPTS")


def output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout.strip()


class Place:
    """A runner of its own: a folder, its environment, and what its steps write for later ones."""

    def __init__(self, folder, environment):
        self.folder, self.workspace, self.java = folder, f"{folder}/workspace", "17"
        os.makedirs(self.workspace)
        files = {name: f"{folder}/{name}" for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")}
        self.environment = environment | files | {"GITHUB_WORKSPACE": self.workspace, "RUNNER_TEMP": folder}
        self.cluster = False
        for name in files:
            self.take(name)

    def take(self, name):
        """Returns what has been written to that file since it was last read."""
        path = pathlib.Path(self.folder, name)
        lines = path.read_text().splitlines() if path.exists() else []
        path.write_text("")
        for line in lines:
            if "=" not in line.split("<<")[0]:
                raise Problem(f"{name}: can't read {line!r}")
        return dict(line.split("=", 1) for line in lines)


class World:
    def __init__(self):
        self.folder = tempfile.mkdtemp()
        self.places, self.kit = 0, os.environ.get("CLUSTER_KIT")
        self.stands_in = stand_ins.have("dev.local/maven:25")
        self.tagged = stand_ins.tag_public_images() if self.stands_in else {}
        self.origin = f"{self.folder}/origin"
        subprocess.run(["git", "clone", "-q", "--bare", ".", self.origin], check=True)
        subprocess.run(["git", "-C", self.origin, "update-ref", "refs/heads/main", output("git", "rev-parse", "HEAD")], check=True)
        subprocess.run(["git", "-C", self.origin, "symbolic-ref", "HEAD", "refs/heads/main"], check=True)
        self.crane, cosign, registry = (output(".github/tool", tool) for tool in ("crane", "cosign", "registry"))
        subprocess.run([cosign, "generate-key-pair"], cwd=self.folder, env=os.environ | {"COSIGN_PASSWORD": "right"}, check=True, capture_output=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.host = f"localhost:{free.getsockname()[1]}"
        settings = pathlib.Path(self.folder, "registry.yaml")
        settings.write_text(
            f"version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\nhttp: {{addr: '{self.host.replace('localhost', '127.0.0.1')}'}}\n"
            f"storage: {{filesystem: {{rootdirectory: {self.folder}/registry}}}}\n")
        log = open(f"{self.folder}/registry.log", "wb")
        without = {key: value for key, value in os.environ.items() if key != "REGISTRY"}
        self.registry = subprocess.Popen([registry, "serve", settings], env=without, stdout=log, stderr=log)
        output("curl", "-fsS", "--retry", "20", "--retry-delay", "1", "--retry-all-errors", f"http://{self.host}/v2/")
        self.bases = {}
        for name, image in (("BUILD_BASE", "dev.local/maven:25"), ("RUNTIME_BASE", "dev.local/debian:1")):
            if self.stands_in:
                self.bases[name] = f"{self.host}/bases/{name.lower()}:1"
                output("docker", "tag", image, self.bases[name])
                output("docker", "push", "-q", self.bases[name])

    def place(self, github):
        self.places += 1
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        reference = f"{github['repository']}/.github/workflows/release.yaml@{github['ref']}"
        return Place(f"{self.folder}/{self.places}", kept | {
            "CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GITHUB_WORKFLOW_REF": reference,
            "GITHUB_SHA": output("git", "-C", self.origin, "rev-parse", "main"),
            **{f"GITHUB_{name.upper()}": str(github[name]) for name in ("event_name", "ref", "actor", "repository", "run_id")},
        })

    def clone(self, place, depth):
        shallow = ["--depth", str(depth), "--no-tags"] if depth else []
        subprocess.run(["git", "clone", "-q", *shallow, f"file://{self.origin}", place.workspace], check=True)

    def cluster(self, place):
        if not self.kit:
            return
        # Waiting for what has no status yet may fail.
        up = output("bash", "-c", 'up=$("$0/up" || "$0/up") && eval "$up" && env', self.kit)
        found = dict(line.split("=", 1) for line in up.splitlines() if "=" in line)
        place.cluster = True
        place.environment |= {"KUBECONFIG": found["KUBECONFIG"], "CLUSTER_KIT": self.kit, "CRANE": self.crane}
        place.environment["PATH"] = found["PATH"] + ":" + place.environment["PATH"]

    def leave(self, place):
        if place.cluster:
            subprocess.run([f"{self.kit}/down"], check=False)
        shutil.rmtree(place.workspace, ignore_errors=True)

    def adjust(self, run, given, replace):
        """Returns a step's environment, with local substitutes for what only a runner can reach."""
        changed = {name: value.replace("ghcr.io/", f"{self.host}/") for name, value in given.items()}
        if changed != given:
            replace("ghcr.io", "a local registry")
        if "LOAD" in changed and self.kit:
            changed["LOAD"] = f"{HERE}/load"
            replace("LOAD", "the kit's cluster in the place of kind's")
        if ".github/release/" in run:
            changed |= {"SIGNING_KEY": f"{self.folder}/cosign.key", "COSIGN_PASSWORD": "right"}
            replace("signing as the workflow", "a key, as there is no identity here")
        if ".github/release/plan" in run and self.bases:
            changed |= self.bases
            replace("the public base images", "the kit's, from the local registry, which can be asked for a digest")
        return changed

    def other_platform(self, values, outputs):
        """Makes what a job on another architecture would have built, from what this one has built."""
        built = []
        for pin in " ".join(value for value in outputs.values() if "@sha256:" in value).split():
            image, reference = pin.split("=", 1)
            tag = f"{reference.split('@')[0]}:{values['platform']}"
            output(self.crane, "mutate", "--set-platform", f"linux/{values['platform']}", reference, "-t", tag)
            built.append(f"{image}={reference.split('@')[0]}@{output(self.crane, 'digest', tag)}")
        return {values["platform"]: " ".join(built)} if "platform" in values else {}

    def close(self):
        self.registry.terminate()
        self.registry.wait()
        ours = stand_ins.docker("images", "--format", "{{.Repository}}:{{.Tag}}", f"{self.host}/*/*").stdout.split()
        for name in [*self.tagged, *ours]:
            stand_ins.docker("rmi", name)
        shutil.rmtree(self.folder, ignore_errors=True)
