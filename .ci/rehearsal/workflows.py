"""Goes through the jobs of workflows in the order in which GitHub runs them."""

import itertools
import pathlib

import yaml

from expressions import Problem, condition, fill

FOLDER = pathlib.Path(".github/workflows")
COMMIT = "0" * 40


def load(name):
    path = FOLDER / f"{name}.yaml"
    workflow = yaml.safe_load(path.read_text())
    workflow["on"] = workflow.pop(True)  # YAML 1.1 takes `on` for a boolean
    if isinstance(workflow["on"], str):
        workflow["on"] = {workflow["on"]: None}
    workflow["name"] = name
    return workflow


def names():
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def github(event):
    """Returns the context that GitHub gives a workflow that this event starts."""
    return {
        "event_name": event,
        "ref": "refs/pull/1/merge" if event == "pull_request" else "refs/heads/main",
        "actor": "someone",
        "token": "token",
        "repository": "Someone/passenger-functions",
        "repository_owner": "Someone",  # an owner's name may contain capital letters
        "run_id": 1,
    }


def inputs(workflow, given):
    declared = ((workflow["on"].get("workflow_call") or {}).get("inputs")) or {}
    for name, value in given.items():
        if name not in declared:
            raise Problem(f"{workflow['name']} takes no {name}")
        if declared[name].get("required") and value is None:
            raise Problem(f"{workflow['name']} needs {name}")
    return {name: given.get(name) for name in declared}


def matrix(job, contexts):
    """Returns one set of values for each time that the job runs."""
    values = fill((job.get("strategy") or {}).get("matrix") or {}, contexts)
    include = values.pop("include", [])
    if not values:
        return include or [{}]
    return [dict(zip(values, chosen)) for chosen in itertools.product(*values.values())] + include


def run(workflow, event, given, stage, depth=0):
    """Runs the jobs that this event starts. `stage` runs a job's steps and returns its outputs. Returns each job's result."""
    done = {}
    base = {"github": github(event), "inputs": inputs(workflow, given), "runner": {"temp": "/tmp"}}
    waiting = dict(workflow["jobs"])
    while waiting:
        name = next((name for name, job in waiting.items() if not set(needs(job)) & set(waiting)), None)
        if name is None:
            raise Problem(f"{workflow['name']}: {', '.join(waiting)} wait for each other")
        job = waiting.pop(name)
        needed = {need: done[need] for need in needs(job)}
        failed = any(done[need]["result"] == "failure" for need in ancestors(workflow, name))
        passed = all(need["result"] == "success" for need in needed.values())
        contexts = base | {"needs": needed, "status": {"success": passed, "failure": failed, "cancelled": False}}
        contexts["env"] = fill(workflow.get("env") or {}, contexts)
        if not condition(job.get("if"), contexts) and not stage.all:
            done[name] = {"result": "skipped", "outputs": stage.nothing(job)}
            stage.say(depth, f"{workflow['name']}/{name}: skipped, as its condition says")
        elif "uses" in job:
            called = load(job["uses"].removeprefix("./.github/workflows/").removesuffix(".yaml"))
            results = run(called, event, fill(job.get("with") or {}, contexts), stage, depth + 1)
            worst = "failure" if "failure" in results.values() else "success"
            done[name] = {"result": worst, "outputs": {}}
        else:
            done[name] = stage.job(workflow, name, job, contexts, matrix(job, contexts))
    return {name: job["result"] for name, job in done.items()}


def needs(job):
    value = job.get("needs") or []
    return [value] if isinstance(value, str) else value


def ancestors(workflow, name):
    for need in needs(workflow["jobs"][name]):
        yield need
        yield from ancestors(workflow, need)
