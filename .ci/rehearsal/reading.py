"""Reads a workflow without running anything: each expression is evaluated, each script and action must be known."""

import os
import re

import stand_ins
from expressions import Problem, condition, fill


class Outputs(dict):
    """The outputs of a step that did not run: each is the JSON of one image."""

    def __contains__(self, name):
        return True

    def __missing__(self, name):
        return '["functions"]'


class Reading:
    all = True  # jobs that the event would skip, too

    def __init__(self):
        self.count = 0

    def say(self, depth, line):
        pass

    def nothing(self, job):
        return dict.fromkeys(job.get("outputs") or {}, '["functions"]')

    def job(self, workflow, name, job, contexts, matrix):
        for values in matrix:
            now = contexts | {"matrix": values, "steps": {}}
            now["env"] = contexts["env"] | fill(job.get("env") or {}, now)
            fill(job["runs-on"], now)
            for step in job["steps"]:
                where = f"{workflow['name']}/{name}: {step.get('name') or step.get('id') or step.get('run') or step['uses']}"
                try:
                    self.step(step, now)
                except Problem as problem:
                    raise Problem(f"{where}: {problem}") from None
            fill(job.get("outputs") or {}, now)
        return {"result": "success", "outputs": self.nothing(job)}

    def step(self, step, contexts):
        self.count += 1
        condition(step.get("if"), contexts)
        environment = fill(step.get("env") or {}, contexts)
        fill(step.get("with") or {}, contexts)
        if "uses" in step:
            stand_ins.action(step["uses"])
        else:
            if "${{" in step["run"]:
                raise Problem("a script takes what it needs from its environment, not from an expression")
            for script in re.findall(r"(?<![\w/])(?:\.ci|\.github|functions|knative|install)/[\w./-]+", step["run"]):
                if not os.access(script, os.X_OK):
                    raise Problem(f"there is no {script} to run")
            for variable in re.findall(r"\$([A-Z][A-Z_]*)", step["run"]):
                if variable not in environment and variable not in contexts["env"] and not variable.startswith("GITHUB_"):
                    raise Problem(f"nothing sets {variable}")
        if "id" in step:
            contexts["steps"][step["id"]] = {"outputs": Outputs()}
