"""A configuration that `validate` passes gives a template that cfn-lint passes and that creates.

Configurations are grown from the examples by a seeded generator that reads nothing but the schema: field by field,
and a field that `validate` refuses beside the others is taken back. STACKGEN_CONFIGS=200 makes more of them.
"""

from __future__ import annotations

import copy
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import yaml
from conftest import ROOT, records

COUNT = int(os.environ.get("STACKGEN_CONFIGS", "10"))
ROUNDS = 14
SEED = int(os.environ.get("STACKGEN_SEED", "4"))
BASES = ["minimal", "talk", "p5-efa"]
REGION = "us-east-1"
# What must exist before: a name that is made up would rightly be refused at creation.
FOREIGN = re.compile(
    r"arn|access_entries|_ids?$|^id$|bucket|existing|s3_uri|script_file|kms|subnets|lifecycle|plan|image|^kind|^version"
)


class Generator:
    """Values of every shape that the schema has."""

    def __init__(self, draw: random.Random):
        self.draw = draw

    def value(self, shape: dict, field: dict):
        """A value of a shape; `None` where none can be made up."""
        ((kind, body),) = shape.items()
        match kind:
            case "boolean":
                return self.draw.random() < 0.5
            case "integer" | "number":
                return self.number(body, field)
            case "choice" | "integerChoice":
                return self.draw.choice(body["_0"])
            case "text":
                return body["_0"]["example"]
            case "list":
                return self.items(body, field)
            case "map":
                inner = self.value(body["values"], {})
                return None if inner is None else {body["keys"]["example"]: inner}
            case "record":
                return self.record(body["_0"])
        return None

    def number(self, body: dict, field: dict):
        """The example, the default, or something between the bounds."""
        low = body.get("minimum", 0)
        high = body.get("maximum", max(low * 4, low + 100))
        known = [
            value
            for value in (field.get("example"), field.get("defaultValue"))
            if isinstance(value, int)
        ]
        return self.draw.choice(
            [*known, self.draw.randint(int(low), int(high)), int(low), int(high)]
        )

    def items(self, body: dict, field: dict):
        """The example, or a few items."""
        if (
            isinstance(field.get("example"), list)
            and self.draw.random() < 0.5
            and "record" not in body["of"]
        ):
            return field["example"]
        count = self.draw.randint(max(1, body.get("minimum", 0)), 2)
        items = [self.value(body["of"], {}) for _ in range(count)]
        unique = [item for index, item in enumerate(items) if item not in items[:index]]
        return None if None in unique else unique

    def record(self, info: dict):
        """All required keys and some others."""
        result = {}
        for field in info["fields"]:
            if (
                field["isRequired"]
                or self.draw.random() < 0.25
                and not FOREIGN.search(field["key"])
            ):
                value = self.value(field["shape"], field)
                if value is not None:
                    result[field["key"]] = value
        return result


def places(info: dict, prefix: tuple = ()) -> list:
    """Every field below a record with its path; items of lists stand for the first item there."""
    found = []
    for field in info["fields"]:
        if FOREIGN.search(field["key"]):
            continue
        path = (*prefix, field["key"])
        found.append((path, field))
        ((kind, body),) = field["shape"].items()
        if kind == "record":
            found += places(body["_0"], path)
        elif kind == "list" and "record" in body["of"]:
            found += places(body["of"]["record"]["_0"], (*path, 0))
    return found


def put(config: dict, path: tuple, value) -> bool:
    """Set a value; `False` where the path leads into a list that is not there."""
    node = config
    for step in path[:-1]:
        if isinstance(step, int):
            if not node:
                return False
            node = node[step]
        else:
            node = node.setdefault(step, [] if path[path.index(step) + 1] == 0 else {})
    if not isinstance(node, dict):
        return False
    node[path[-1]] = value
    return True


def refused(stackgen, folder: Path) -> set[str]:
    """The names of the configurations below a folder that have errors."""
    run = stackgen("validate", str(folder), "--format", "json", expect=None)
    assert run.status in (0, 2), run.err
    entries = run.json()["diagnostics"]
    assert all(entry.get("file") for entry in entries), entries
    return {
        Path(entry["file"]).parent.name
        for entry in entries
        if entry["severity"] == "error"
    }


def grow(stackgen, folder: Path) -> tuple[dict[str, dict], set[str]]:
    """The configurations, and the paths that made it into any of them."""
    schema = json.loads(stackgen("schema", "--format", "info").out)
    draw = random.Random(SEED)
    fields = places(schema["root"])
    configs: dict[str, dict] = {}
    for number in range(COUNT):
        base = yaml.safe_load(
            (
                ROOT / "examples" / "clusters" / f"{BASES[number % len(BASES)]}.yaml"
            ).read_text()
        )
        configs[f"generated-{number}"] = moved(base, number)
    write(folder, configs)
    assert refused(stackgen, folder) == set()
    used: set[str] = set()
    for _ in range(ROUNDS):
        before = copy.deepcopy(configs)
        added = {}
        for name, config in configs.items():
            path, field = draw.choice(fields)
            value = Generator(draw).value(field["shape"], field)
            if (
                value is not None
                and path[0] not in ("name", "region")
                and put(config, path, value)
            ):
                added[name] = ".".join(str(step) for step in path)
        write(folder, configs)
        for name in refused(stackgen, folder):
            configs[name] = before[name]
            added.pop(name, None)
        used |= set(added.values())
    write(folder, configs)
    assert refused(stackgen, folder) == set()
    return configs, used


def moved(config: dict, number: int) -> dict:
    """The example in the region of the test, under a name of its own."""
    config["name"] = f"generated-{number}"
    config.pop("template_bucket", None)
    config["eks"] = {**config.get("eks", {}), "version": "1.34"}
    if config["region"] == REGION:
        return config
    config["region"] = REGION
    text = json.dumps(config)
    zones = dict(
        zip(
            sorted(set(re.findall(r"[a-z]{3,}[0-9]-az[0-9]", text))),
            ["use1-az6", "use1-az4", "use1-az2"],
        )
    )
    return json.loads(
        re.sub(r"[a-z]{3,}[0-9]-az[0-9]", lambda match: zones[match[0]], text)
    )


def write(folder: Path, configs: dict[str, dict]) -> None:
    """Write every configuration as a project."""
    for name, config in configs.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "config.yaml").write_text(
            yaml.safe_dump(config, sort_keys=False), encoding="utf-8"
        )


def test_what_is_valid_lints_and_creates(stackgen, aws):
    folder = stackgen.folder / "fleet"
    configs, used = grow(stackgen, folder)
    assert len(used) >= COUNT, used

    templates = []
    for name in configs:
        stackgen("create", str(folder / name), "--dry-run")
        (record,) = records(folder / name)
        templates.append(record / "cfn_params.yaml")
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "cfn-lint"),
            "--regions",
            REGION,
            "--",
            *map(str, templates),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

    for name in configs:
        # Each has the account for itself: two may well have chosen the same name for a resource.
        aws.post("reset")
        aws.client("s3").create_bucket(Bucket="my-training-data")
        run = stackgen(
            "create",
            str(folder / name),
            "--yes",
            "--wait",
            "--output",
            "json",
            expect=None,
        )
        config = (folder / name / "config.yaml").read_text()
        assert run.status == 0, f"{run.err[-1500:]}\n{config}"
        assert run.json()["status"] == "CREATE_COMPLETE", config
