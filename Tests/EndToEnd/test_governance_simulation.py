"""The simulator at the command line: the examples keep their promises, and every form of the result is there."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "governance"


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_examples_keep_their_promises(stackgen, tmp_path, example):
    folder = EXAMPLES / example
    junit = tmp_path / "junit.xml"
    run = stackgen(
        "governance", "simulate", str(folder), "--jobs", str(folder / "jobs.yaml"), "--output", "json", "--junit", str(junit)
    )
    promises = run.json()["expectations"]
    assert len(promises) >= 4
    assert all(promise["is_kept"] for promise in promises)
    suite = ElementTree.parse(junit).getroot()
    assert (suite.get("tests"), suite.get("failures")) == (str(len(promises)), "0")


def test_a_broken_promise_has_a_status_of_its_own(stackgen, tmp_path):
    jobs = tmp_path / "jobs.yaml"
    text = (EXAMPLES / "walkthrough" / "jobs.yaml").read_text(encoding="utf-8")
    jobs.write_text(text + "  - never team-a/team-a-qwen3-training-prio waits > 5m\n", encoding="utf-8")
    run = stackgen("governance", "simulate", str(EXAMPLES / "walkthrough"), "--jobs", str(jobs), expect=7)
    assert "waits > 5m: it waits 30m" in run.out


def test_why_tells_who_and_by_which_rule(stackgen):
    folder = EXAMPLES / "walkthrough"
    run = stackgen(
        "governance", "simulate", str(folder), "--jobs", str(folder / "jobs.yaml"), "--why", "team-a/team-a-qwen3-training-prio"
    )
    assert "of it 4 borrowed from team-b (4 idle)" in run.out
    assert "suspended by team-b/team-b-qwen3-training-prio (priority 70): reclamation within the cohort" in run.out
    assert "needs 8 nvidia.com/gpu of ml.g5.12xlarge; team-a owns 4, uses 0, may borrow 4 more" in run.out
    assert "team-b uses 4 of its 4 (team-b-qwen3-training-prio)" in run.out


def test_reports_compare_and_sweep(stackgen, tmp_path):
    folder = str(EXAMPLES / "walkthrough")
    workload = "poisson:load=1.5,hours=12,sizes=1|2,seed=7"
    page, picture = tmp_path / "report.html", tmp_path / "report.svg"
    first = stackgen("governance", "simulate", folder, "--workload", workload, "--report", str(page), "--output", "json")
    again = stackgen("governance", "simulate", folder, "--workload", workload, "--report", str(picture), "--output", "json")
    assert first.out == again.out
    assert "<svg" in page.read_text(encoding="utf-8") and "<script" not in page.read_text(encoding="utf-8")
    ElementTree.parse(picture)
    swept = stackgen(
        "governance", "simulate", folder, "--workload", workload, "--output", "json",
        "--sweep", "teams[name=team-a].sharing.borrow_limit_percent=0..100/50",
    ).json()
    assert [row["name"] for row in swept["rows"]] == ["0", "50", "100"]
    borrowed = [row["teams"][0]["borrowed"] for row in swept["rows"]]
    assert borrowed[0] == 0 and borrowed[2] > 0
    both = stackgen("governance", "simulate", folder, "--workload", workload, "--compare", folder, "--output", "json").json()
    assert both["rows"][0]["teams"] == both["rows"][1]["teams"]


def test_replay_answers_one_cycle(stackgen):
    case = Path(__file__).resolve().parents[1] / "GovernanceTests" / "Cases" / "cycle" / "S06.json"
    case = json.loads(case.read_text(encoding="utf-8"))
    answer = stackgen("governance", "replay", "--json", stdin=json.dumps(case["input"])).json()
    assert answer["preempted"] == case["expected"]["preempted"]
    problem = stackgen("governance", "replay", "--json", stdin="[", expect=2).json()
    assert problem == {"error": {"message": "this is no JSON", "path": ""}}
    assert stackgen("governance", "replay", "--json", stdin="{}").json() == {"admitted": [], "pending": [], "preempted": []}


def test_bad_jobs_are_said_at_their_places(stackgen, tmp_path):
    jobs = tmp_path / "jobs.yaml"
    jobs.write_text("jobs:\n  - {name: a, team: team-x, nodes: 1}\n  - {name: b, team: team-a, node: 1}\n", encoding="utf-8")
    run = stackgen("governance", "simulate", str(EXAMPLES / "walkthrough"), "--jobs", str(jobs), expect=2)
    assert "error[JOB004]: there is no team `team-x`" in run.err
    assert "error[JOB001]: there is no key `node` here" in run.err
    assert "jobs.yaml:2:21" in run.err


def test_a_history_is_read(stackgen, tmp_path):
    history = tmp_path / "history.csv"
    history.write_text(
        "name,team,class,submitted,duration,nodes\n"
        "a1,team-a,training,2026-01-02T03:00:00Z,1h,2\nb1,team-b,training,2026-01-02T03:30:00Z,1h,1\n",
        encoding="utf-8",
    )
    run = stackgen("governance", "simulate", str(EXAMPLES / "walkthrough"), "--jobs", str(history), "--output", "json").json()
    jobs = {job["name"]: job for job in run["jobs"]}
    assert jobs["b1"]["submitted"] == 1800 and jobs["a1"]["evictions"] == 1
    assert jobs["a1"]["status"] == "finished"
