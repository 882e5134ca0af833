"""Times the contestants one after the other in one run and prints a table."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

WORK = Path(sys.argv[1])
FLEET = WORK / "fleet"
HERE = Path(os.environ["HERE"])
STACKGEN = str(Path(os.environ["STACKGEN"]).resolve())
COUNT = int(os.environ["COUNT"])
PATHS = (WORK / "paths").read_text()


def run(command: list[str], repeat: int, feed: bool = True) -> float:
    """The best wall-clock time of some runs, in seconds."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        done = subprocess.run(
            command,
            cwd=FLEET,
            input=PATHS if feed else None,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        best = min(best, time.perf_counter() - start)
        assert done.returncode == 0, done.stderr[-2000:]
    return best


def memory(command: list[str]) -> float:
    """The most memory that a run held, in MiB, from what the kernel says of that process alone."""
    process = subprocess.Popen(command, cwd=FLEET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    small = ["team-000"]
    held = (
        memory([STACKGEN, "validate", "--skip-template", *small]),
        memory([STACKGEN, "validate", "--skip-template"]),
    )
    floor = run([str(WORK / "floor")], 5)
    rows = [
        ("libyaml alone, in C (the floor)", floor),
        (
            "stackgen, schema and rules",
            run([STACKGEN, "validate", "--skip-template"], 5, feed=False),
        ),
        (
            "stackgen, template evaluated and checked, too",
            run([STACKGEN, "validate"], 1, feed=False),
        ),
    ]
    for peer in ("jsonschema", "pydantic"):
        command = [
            sys.executable,
            str(HERE / "python_peer.py"),
            peer,
            str(WORK / "schema.json"),
        ]
        rows.append((f"PyYAML's C loader and {peer}", run(command, 1)))
    print(
        f"{COUNT} distinct configurations, {os.cpu_count()} cores, best of several runs"
    )
    for name, seconds in rows:
        each = seconds / COUNT * 1e6
        print(
            f"  {name:48} {seconds:8.2f} s {each:9.1f} us each {seconds / floor:8.1f} x the floor"
        )
    hyp = shutil.which(os.environ["HYP"])
    if hyp:
        seconds = hyp_validate(hyp)
        print(
            f"  hyp validate, one process a file {seconds:24.2f} s each, "
            f"{seconds * COUNT / rows[1][1]:.0f} x stackgen, {seconds * COUNT / rows[2][1]:.0f} x with the template"
        )
    print(f"memory: {held[0]:.0f} MiB for 100 configurations, {held[1]:.0f} MiB for {COUNT}")
    one = str(FLEET / PATHS.splitlines()[0])
    alone = median(["true"])
    print(f"one configuration, whole process, beyond `true` ({alone * 1e3:.1f} ms), medians:")
    for name, options in (("with its template", []), ("schema and rules", ["--skip-template"])):
        print(f"  {name:20} {(median([STACKGEN, 'validate', one, *options]) - alone) * 1e3:6.1f} ms")


def median(command: list[str]) -> float:
    """The median of many runs, in seconds."""
    return statistics.median(run(command, 1, feed=False) for _ in range(40))


def hyp_validate(hyp: str) -> float:
    """The best time of `hyp validate` in a folder of its own making, in seconds."""
    folder = WORK / "hyp"
    folder.mkdir()
    subprocess.run([hyp, "init", "cluster-stack", str(folder)], check=True, capture_output=True)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([hyp, "validate"], cwd=folder, check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    main()
