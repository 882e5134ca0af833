"""What editors and other programs read: the JSON Schema, and reports in SARIF."""

from __future__ import annotations

import copy
import json

import jsonschema
import pytest
import yaml
from conftest import ROOT
from pydantic import ValidationError
from pydantic_sarif.model import (
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as SARIF,
)

EXAMPLES = sorted((ROOT / "examples" / "clusters").glob("*.yaml"))
RULES = ROOT / "Tests" / "StackSchemasTests" / "Cases" / "rules"


class TextLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `yes` and `on` are texts, so are dates; numbers are numbers."""


TextLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith((":bool", ":timestamp")) or first in "tTfF"
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path):
    """A configuration as plain data."""
    return yaml.load(path.read_text(), Loader=TextLoader)


@pytest.fixture(scope="module")
def schema():
    path = ROOT / "docs" / "reference" / "cluster-stack.schema.json"
    return json.loads(path.read_text())


@pytest.fixture(scope="module")
def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_schema_is_the_one_that_the_program_prints(offline, schema):
    assert json.loads(offline("schema").out) == schema


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_schema_accepts_the_examples(validator, path):
    assert [error.message for error in validator.iter_errors(read(path))] == []


def test_schema_accepts_what_init_writes(offline, validator):
    offline("init", "cluster-stack", "made", "--region", "us-east-1")
    config = read(offline.folder / "made" / "config.yaml")
    assert [error.message for error in validator.iter_errors(config)] == []


def places(node, path=()):
    """Every value of a configuration with its path."""
    yield path, node
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from places(value, (*path, key))


def put(config, path, value):
    """A copy with another value at a path."""
    changed = copy.deepcopy(config)
    node = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return changed


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_schema_refuses_broken_structures(validator, path):
    config = read(path)
    count = 0
    for place, value in places(config):
        broken = []
        if isinstance(value, dict):
            # Maps of a person's own keys take any key of the right form.
            broken += [{**value, "no such key": {"a": [1]}}]
        if place:
            broken += [{"a": {"b": 1}} if not isinstance(value, dict) else "nonsense"]
            broken += ["nonsense"] if isinstance(value, (list, int, bool)) else [[["a"]]]
        for wrong in broken:
            changed = put(config, place, wrong) if place else wrong
            assert not validator.is_valid(changed), (place, wrong)
            count += 1
    for key in ("kind", "version", "name", "region"):
        assert not validator.is_valid({name: value for name, value in config.items() if name != key})
    assert count >= 40


def test_schema_and_program_agree_on_structure(offline, validator, schema):
    """What the schema refuses, the program refuses, field by field with a value of a wrong kind."""
    config = read(ROOT / "examples" / "clusters" / "talk.yaml")
    folder = offline.folder / "wrong"
    wrong = {}
    for number, (place, value) in enumerate(places(config)):
        if place and not validator.is_valid(changed := put(config, place, {"x": {"y": []}})):
            wrong[f"c{number:03}"] = place
            (folder / f"c{number:03}").mkdir(parents=True)
            (folder / f"c{number:03}" / "config.yaml").write_text(yaml.safe_dump(changed))
    run = offline("validate", str(folder), "--skip-template", "--format", "json", expect=2)
    refused = {entry["file"].split("/")[-2] for entry in run.json()["diagnostics"] if entry["severity"] == "error"}
    assert refused == set(wrong)
    assert len(wrong) > 60


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Every rule's failing example in one report."""
    import subprocess

    from conftest import BINARY

    done = subprocess.run(
        [str(BINARY), "validate", str(RULES), "--format", "sarif"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    return json.loads(done.stdout)


def test_sarif_is_valid(log):
    # The models are generated from OASIS's schema, with every object closed.
    SARIF.model_validate_json(json.dumps(log), strict=False)
    jsonschema.validate(log, SARIF.model_json_schema())
    (run,) = log["runs"]
    assert len(run["results"]) > 150
    assert len(run["tool"]["driver"]["rules"]) > 100


def test_the_check_of_sarif_can_fail(log):
    broken = copy.deepcopy(log)
    broken["runs"][0]["results"][0]["level"] = "serious"
    with pytest.raises(ValidationError):
        SARIF.model_validate_json(json.dumps(broken))
    broken = copy.deepcopy(log)
    broken["runs"][0]["results"][0]["place"] = 1
    with pytest.raises(ValidationError):
        SARIF.model_validate_json(json.dumps(broken))


def test_sarif_describes_rules_and_fixes(log):
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"] and (rule["id"].startswith(("RUN", "CFN", "YAML")) or rule["fullDescription"]["text"])
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    fixes = [result for result in run["results"] if result.get("fixes")]
    assert len(fixes) > 10
    for result in fixes:
        for change in result["fixes"][0]["artifactChanges"]:
            text = (ROOT / change["artifactLocation"]["uri"].removeprefix("file://")).read_text()
            for replacement in change["replacements"]:
                region = replacement["deletedRegion"]
                assert 1 <= region["startLine"] <= region["endLine"] <= text.count("\n") + 1
    related = [place for result in run["results"] for place in result.get("relatedLocations", ())]
    assert related and all(place["message"]["text"] for place in related)
