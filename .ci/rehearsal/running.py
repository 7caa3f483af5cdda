"""Runs the steps of a job as a runner would, each job in a clone of its own."""

import os
import pathlib
import re
import subprocess
import time

import stand_ins
from expressions import condition, fill, text
from world import World


class Running:
    all = False

    def __init__(self, passed):
        self.world, self.passed, self.replaced, self.count = World(), set(passed), {}, 0

    def say(self, depth, line):
        print(time.strftime("%T"), line, flush=True)

    def replace(self, what, why):
        self.replaced.setdefault(f"{what}: {why}", 0)
        self.replaced[f"{what}: {why}"] += 1

    def nothing(self, job):
        return dict.fromkeys(job.get("outputs") or {}, "")

    def job(self, workflow, name, job, contexts, matrix):
        outputs, result = self.nothing(job), "success"
        for values in matrix:
            now = contexts | {"matrix": values, "steps": {}, "status": dict(contexts["status"], success=True)}
            title = " ".join([f"{workflow['name']}/{name}", *map(text, values.values())])
            self.say(0, title)
            if fill(job["runs-on"], now).endswith("-arm"):
                self.replace(title, "another architecture: this one's images under its name")
                outputs.update(self.world.other_platform(values, outputs))
                continue
            self.steps(title, job, now)
            for key, value in fill(job.get("outputs") or {}, now).items():
                outputs[key] = value or outputs[key]
            if not now["status"]["success"]:
                result = "failure"
        return {"result": result, "outputs": outputs}

    def steps(self, title, job, contexts):
        place = self.world.place(contexts["github"])
        contexts["env"] = contexts["env"] | fill(job.get("env") or {}, contexts)
        try:
            for step in job["steps"]:
                if not condition(step.get("if"), contexts):
                    continue
                where = f"{title}: {step.get('name') or step.get('run', '').split(chr(10))[0] or step['uses'].split('@')[0]}"
                outputs = {}
                if "uses" in step:
                    self.action(step, contexts, place)
                elif not self.script(where, step, contexts, place, outputs):
                    contexts["status"].update(success=False, failure=True)
                if "id" in step:
                    contexts["steps"][step["id"]] = {"outputs": Missing(outputs)}
        finally:
            self.world.leave(place)

    def action(self, step, contexts, place):
        name = stand_ins.action(step["uses"])
        given = fill(step.get("with") or {}, contexts)
        if name == "actions/checkout":
            self.world.clone(place, given.get("fetch-depth", 1))
        elif name == "actions/setup-java":
            place.java = str(given["java-version"])
            place.environment["JAVA_HOME"] = home = stand_ins.jdk(place.java)
            place.environment["PATH"] = f"{home}/bin:{place.environment['PATH']}"
        elif name == "helm/kind-action":
            self.world.cluster(place)
        self.replace(name, stand_ins.ACTIONS[name])

    def script(self, where, step, contexts, place, outputs):
        given = {key: text(value) for key, value in (contexts["env"] | fill(step.get("env") or {}, contexts)).items()}
        command = re.sub(r"\$(\w+)", lambda found: given.get(found[1], found[0]), step["run"]).strip()
        for pattern, why in stand_ins.LEFT_OUT.items():
            if re.search(pattern, command) and (self.world.stands_in or why == stand_ins.RUNNER_ONLY):
                self.replace(where, why)
                return True
        if not self.world.kit and re.search(r"\.github/e2e/(knative|test)", command):
            self.replace(where, stand_ins.NO_KIT)
            return True
        if (command, place.java) in self.passed:
            self.replace(where, "it has just passed")
            return True
        environment = place.environment | self.world.adjust(step["run"], given, self.replace)
        self.say(1, f"  {where}")
        log = pathlib.Path(place.folder, "log")
        with log.open("wb") as output:
            status = subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=place.workspace, env=environment,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            ).returncode
        self.count += 1
        if status:
            print(*log.read_text(errors="replace").splitlines()[-60:], sep="\n")
            self.say(1, f"  FAILED with {status}: {where}")
            return False
        self.passed.add((command, place.java))
        outputs.update(place.take("GITHUB_OUTPUT"))
        place.environment.update(place.take("GITHUB_ENV"))
        return True


class Missing(dict):
    """The outputs of a step; one that it has not set is empty, as on a runner."""

    def __contains__(self, name):
        return True

    def __missing__(self, name):
        return ""
