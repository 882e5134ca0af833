"""`validate` over files and folders: what is found, in every form, and the fixes that are written."""

from __future__ import annotations

import json
import shutil
from xml.etree import ElementTree

import pytest
from conftest import ROOT, copy_example

BROKEN = 'kind: cluster-stack\nversion: "1.0"\nname: b\nregion: us-east-1\nekss: {version: "1.34"}\n'


@pytest.fixture
def fleet(offline):
    """Three configurations, one of them broken, among files that are none."""
    folder = offline.folder / "fleet"
    copy_example("minimal", folder / "b")
    copy_example("talk", folder / "a" / "deep")
    (folder / "named.yaml").write_text(BROKEN)
    (folder / "b" / "deployment.yaml").write_text("kind: Deployment\n")
    (folder / "b" / "notes.yaml").write_text("about: [cluster-stack\n")
    shutil.copytree(folder / "b", folder / "b" / "run" / "20260101T000000Z-abc")
    shutil.copytree(folder / "b", folder / ".hidden")
    (folder / "loop").symlink_to(folder)
    return folder


def test_finds_configs_below_folders(offline, fleet):
    run = offline("validate", "fleet", expect=2)
    lines = run.out.splitlines()
    assert lines[-1].startswith("3 configurations: 2 valid, 1 invalid (")
    assert any(
        line.startswith("fleet/named.yaml: ") and "error" in line for line in lines
    )
    assert "run/" not in run.out + run.err and "hidden" not in run.out + run.err
    assert "SCHEMA001" in run.err and "fleet/named.yaml:5:1" in run.err


def test_order_is_stable(offline, fleet):
    for number in range(60):
        copy_example("minimal", fleet / f"c{number:02}")
        config = fleet / f"c{number:02}" / "config.yaml"
        config.write_text(config.read_text() + "nonsense: 1\n")
    runs = [
        offline("validate", "fleet", "--format", "json", expect=2).out for _ in range(3)
    ]
    assert len(set(runs)) == 1
    files = [entry["file"] for entry in json.loads(runs[0])["diagnostics"]]
    assert files == sorted(files)
    assert len({file for file in files if file.startswith("fleet/c")}) == 60


def test_one_file_and_an_empty_folder(offline, fleet):
    assert offline("validate", "fleet/b").out == "fleet/b/config.yaml: valid\n"
    assert (
        offline("validate", "fleet/b/config.yaml").out == "fleet/b/config.yaml: valid\n"
    )
    (offline.folder / "empty").mkdir()
    assert "RUN001" in offline("validate", "empty", expect=2).err


def test_strict_makes_errors_of_warnings(offline):
    copy_example("talk", offline.folder / "t")
    config = offline.folder / "t" / "config.yaml"
    config.write_text(
        config.read_text().replace("fair_share_weight: 100", "fair_share_weight: 0")
    )
    first = offline("validate", "t", "--output", "json").json()["diagnostics"]
    assert any(entry["severity"] == "warning" for entry in first)
    strict = offline("validate", "t", "--strict", "--format", "json", expect=2).json()[
        "diagnostics"
    ]
    assert not any(entry["severity"] == "warning" for entry in strict)
    assert len(strict) == len(first)


def test_sarif(offline, fleet):
    log = offline("validate", "fleet", "--format", "sarif", expect=2).json()
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in rules] == sorted(
        {result["ruleId"] for result in run["results"]}
    )
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
    (broken,) = (result for result in run["results"] if result["ruleId"] == "SCHEMA001")
    (place,) = broken["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "fleet/named.yaml"
    region = {"startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 5}
    assert place["physicalLocation"]["region"] == region
    (change,) = broken["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "eks"}}
    ]


def test_junit_and_github(offline, fleet):
    report = ElementTree.fromstring(
        offline("validate", "fleet", "--format", "junit", expect=2).out
    )
    suites = {suite.get("name"): suite for suite in report}
    assert set(suites) == {
        "fleet/a/deep/config.yaml",
        "fleet/b/config.yaml",
        "fleet/named.yaml",
    }
    assert int(suites["fleet/named.yaml"].get("failures")) >= 1
    assert suites["fleet/b/config.yaml"].get("failures") == "0"
    lines = offline(
        "validate", "fleet", "--format", "github", expect=2
    ).out.splitlines()
    assert any(
        line.startswith(
            "::error file=fleet/named.yaml,line=5,col=1,endLine=5,endColumn=4,title=SCHEMA001::"
        )
        for line in lines
    )


def test_fix_writes_what_needs_no_decision(offline):
    folder = copy_example("minimal", offline.folder / "f")
    config = folder / "config.yaml"
    good = config.read_text()
    lines = good.splitlines()
    at = next(
        index for index, line in enumerate(lines) if line.strip().startswith("count:")
    )
    lines[at] = lines[at].replace("count: ", 'cuont: "') + '"  # mine'
    config.write_text(
        "\n".join(lines) + "\nhyperpod: {node_recovery: automatic}   # kept\n"
    )
    run = offline("validate", "f", "--fix", expect=0)
    assert "fixed 3 problems" in run.out
    lines[at] = lines[at].replace("cuont", "count").replace('"', "")
    assert (
        config.read_text()
        == "\n".join(lines) + "\nhyperpod: {node_recovery: Automatic}   # kept\n"
    )
    before = config.read_bytes()
    assert "fixed" not in offline("validate", "f", "--fix").out
    assert config.read_bytes() == before


def test_fix_leaves_decisions_to_people(offline):
    config = offline.folder / "config.yaml"
    text = BROKEN.replace("ekss", "eks").replace("name: b", "name: My_Cluster")
    config.write_text(text)
    offline("validate", "--fix", expect=2)
    assert config.read_text() == text


def test_the_projects_own_examples(offline):
    run = offline("validate", str(ROOT / "examples" / "clusters"), "--format", "json")
    assert not [
        entry for entry in run.json()["diagnostics"] if entry["severity"] == "error"
    ]


def test_a_script_that_is_not_there_is_told_where_it_is_named(offline):
    config = copy_example("minimal", offline.folder / "s") / "config.yaml"
    lines = config.read_text().splitlines()
    config.write_text("\n".join([*lines, "lifecycle:", "  script_file: scripts/on_create.sh", ""]))
    (found,) = (
        entry
        for entry in offline("validate", "s", "--format", "json", expect=2).json()["diagnostics"]
        if entry["id"] == "RUN002"
    )
    assert (found["file"], found["line"], found["column"]) == ("s/config.yaml", len(lines) + 2, 16)
    (offline.folder / "s" / "scripts").mkdir()
    (offline.folder / "s" / "scripts" / "on_create.sh").write_bytes(b"#!/bin/sh\n# \xff\n")
    broken = offline("validate", "s", expect=2).err
    assert "RUN010" in broken and f"s/config.yaml:{len(lines) + 2}:16" in broken
    (offline.folder / "s" / "scripts" / "on_create.sh").write_text("#!/bin/sh\n")
    offline("validate", "s")
