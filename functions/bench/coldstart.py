#!/usr/bin/env python3
"""Measures cold starts: exec to the first 200, beside each other and in turn.

    coldstart.py --path /getpassenger/UUID --rounds 20 ours=8091='java @options -jar app.jar' peer=8092='java -jar peer.jar'

Each candidate is NAME=PORT=COMMAND; its environment is that of this script. A round starts every candidate once, in an
order that turns from round to round. Printed per candidate: the medians of the time from exec to the last byte of the
first 200 and of the CPU seconds spent until then (user and system, all threads), of the resident memory then (VmRSS)
and at its highest (VmHWM), and the spread of the time. The first round is not counted: it fills the page cache. TOKEN, if it
is set, is a bearer token that is sent with each request.
"""
import argparse
import os
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import time

TICKS = os.sysconf("SC_CLK_TCK")
POLL_SECONDS = 0.002
HEADERS = {"Authorization": f"Bearer {os.environ['TOKEN']}"} if "TOKEN" in os.environ else {}


def first_200(port, path, process, limit_seconds=60):
    headers = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n".encode()
    end = time.monotonic() + limit_seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(request)
                answer = b"".join(iter(lambda: connection.recv(65536), b""))
            if answer.startswith(b"HTTP/1.1 200"):
                return
        except OSError:
            pass
        time.sleep(POLL_SECONDS)
    sys.exit(f"no 200 on port {port}; ended with {process.poll()}")


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid):
    with open(f"/proc/{pid}/status") as status:
        lines = dict(line.split(":", 1) for line in status)
    return [int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")]


def start(port, command, path):
    began = time.monotonic()
    process = subprocess.Popen(shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        first_200(port, path, process)
        seconds = time.monotonic() - began
        return [seconds, cpu_seconds(process.pid), *memory_mib(process.pid)]
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def measure(candidates, path, rounds):
    """Starts each (name, port, command) in turn; returns the runs by name: seconds, CPU seconds, VmRSS, VmHWM."""
    runs = {name: [] for name, _, _ in candidates}
    for number in range(rounds + 1):
        turn = number % len(candidates)
        for name, port, command in candidates[turn:] + candidates[:turn]:
            run = start(int(port), command, path)
            if number > 0:
                runs[name].append(run)
    return runs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--path", required=True)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("candidate", nargs="+")
    arguments = parser.parse_args()
    candidates = [candidate.split("=", 2) for candidate in arguments.candidate]
    runs = measure(candidates, arguments.path, arguments.rounds)
    print(f"| {arguments.rounds} rounds | first 200, s | min to max | CPU, s | RSS, MiB | highest |\n|---|---|---|---|---|---|")
    for name, rows in runs.items():
        seconds, cpu, rss, highest = (statistics.median(column) for column in zip(*rows))
        times = [row[0] for row in rows]
        print(f"| {name} | {seconds:.3f} | {min(times):.3f} to {max(times):.3f} | {cpu:.2f} | {rss:.0f} | {highest:.0f} |")


if __name__ == "__main__":
    main()
