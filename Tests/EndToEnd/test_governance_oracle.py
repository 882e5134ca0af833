"""One scheduling cycle, by the program and by a second implementation of the same rules, over random worlds."""

import json
import os
import subprocess

import pytest
from conftest import BINARY
from governance_oracle import cycle, timeline, worlds

# More of them by hand: STACKGEN_WORLDS=20000:40000
FIRST, LAST = map(int, os.environ.get("STACKGEN_WORLDS", "0:300").split(":"))
BATCH = 50


def replay(*given):
    """What the program says to some worlds."""
    run = subprocess.run(
        [str(BINARY), "governance", "replay", "--jsonl"], input="".join(json.dumps(world) + "\n" for world in given),
        capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def in_no_order(answer):
    """Entries of different cohorts are decided in no particular order."""
    return {
        "admitted": sorted(answer["admitted"], key=lambda item: item["name"]),
        "preempted": sorted(answer["preempted"], key=lambda item: (item["name"], item["by"])),
        "pending": answer["pending"],
    }


@pytest.mark.parametrize("first", range(FIRST, LAST, BATCH))
def test_a_cycle_is_what_the_second_implementation_says(first):
    given = [worlds.world(seed) for seed in range(first, min(first + BATCH, LAST))]
    for world, answer in zip(given, replay(*given), strict=True):
        assert in_no_order(answer) == in_no_order(cycle.cycle(world)), json.dumps(world)


def test_a_line_that_is_no_world_is_answered_in_its_place():
    run = subprocess.run(
        [str(BINARY), "governance", "replay", "--jsonl"], input='{"cluster_queues": []}\nnothing\n\n{"pending": []}\n',
        capture_output=True, text=True, timeout=60)
    first, second, third = (json.loads(line) for line in run.stdout.splitlines())
    assert run.returncode == 2 and "error" in second and first == third == {"admitted": [], "preempted": [], "pending": []}


def test_the_worlds_are_worth_comparing():
    """Whoever changes the worlds must not make them dull."""
    reasons, messages, admitted = set(), set(), 0
    for seed in range(300):
        answer = cycle.cycle(worlds.world(seed))
        admitted += len(answer["admitted"])
        reasons |= {item["reason"] for item in answer["preempted"]}
        messages |= {" ".join(item["message"].split()[:2]) for item in answer["pending"]}
    assert len(reasons) == 4
    assert {"couldn't assign", "Workload no", "Workload has"} <= messages
    assert admitted > 100


@pytest.mark.parametrize("first", range(FIRST, LAST, BATCH))
def test_a_simulation_is_what_the_second_implementation_says(tmp_path, first):
    for seed in range(first, min(first + BATCH, LAST)):
        compare(tmp_path, seed)


def compare(folder, seed):
    scenario = timeline.Scenario(seed)
    (folder / "config.yaml").write_text(scenario.config())
    (folder / "jobs.yaml").write_text(scenario.jobs_file())
    assumptions = [word for name, value in scenario.assumptions.items() for word in ("--assume", f"{name}={value}")]
    run = subprocess.run(
        [str(BINARY), "governance", "simulate", "config.yaml", "--jobs", "jobs.yaml", "--output", "json", *assumptions],
        cwd=folder, capture_output=True, text=True, timeout=60)
    # 2: a job that its team can never have is told as an error beside the result.
    assert run.returncode in (0, 2), run.stderr
    report = json.loads(run.stdout)
    try:
        timeline.Timeline(scenario).run()
    except timeline.Endless:
        assert report["unstable"], f"seed {seed}"
        return
    assert not report["unstable"], f"seed {seed}"
    for job, found in zip(scenario.jobs, report["jobs"], strict=True):
        mine = (job.first, job.ended, job.evictions)
        its = (found.get("first_start", -1), found.get("ended", -1), found["evictions"])
        assert its == mine, f"seed {seed}, {job.team}/{job.name}: {its} instead of {mine}"
