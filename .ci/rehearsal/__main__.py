"""See .ci/rehearse."""

import subprocess
import sys

import workflows
from expressions import Problem
from reading import Reading
from running import Running

EVENTS = ("pull_request", "push", "schedule", "workflow_dispatch")


def read():
    stage, count = Reading(), 0
    for name in workflows.names():
        workflow = workflows.load(name)
        for event in EVENTS:
            if event in workflow["on"]:
                workflows.run(workflow, event, {}, stage)
                count += 1
    print(f"{stage.count} steps read")
    print(f"rehearse: {count} passed, 0 failed")


def run(arguments):
    passed = []
    if arguments and arguments[0] == "--after-run":
        arguments = arguments[1:]
        steps = subprocess.run([".ci/run", "--list"], check=True, capture_output=True, text=True).stdout
        passed = [(f'.ci/run "{step}"', "17") for step in steps.strip().strip("[]").replace('"', "").split(",")]
    stage, failed = Running(passed), 0
    try:
        for argument in arguments:
            event, name = argument.split(":")
            results = workflows.run(workflows.load(name), event, {}, stage)
            failed += "failure" in results.values()
            print(f"{argument}: " + ", ".join(f"{job} {result}" for job, result in results.items()))
    finally:
        stage.world.close()
    print("Replaced or left out:", *(f"  {what} ({times} x)" for what, times in sorted(stage.replaced.items())), sep="\n")
    print(f"{stage.count} scripts run")
    print(f"rehearse: {len(arguments) - failed} passed, {failed} failed")
    return failed


try:
    sys.exit(run(sys.argv[2:]) if sys.argv[1:2] == ["--run"] else read())
except Problem as problem:
    sys.exit(f"FAILED: {problem}")
