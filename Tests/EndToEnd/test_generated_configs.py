"""A configuration that `validate` passes gives a template that cfn-lint passes and that creates.

Configurations are grown from the examples, in many regions, by a seeded generator that reads nothing but the schema:
every optional part in turn, then field by field, and a field that `validate` refuses beside the others is taken back.
Where fields name something that has to exist, the template is checked by cfn-lint and not created.
STACKGEN_CONFIGS=200 makes more of them, STACKGEN_SEED others.
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
# Examples that name what exists, or that the local AWS has not: linted and not created.
LINTED = ["existing", "restricted", "trainium"]
CATALOGS = ROOT / "Sources" / "StackSchemas" / "Catalogs"
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


def regions() -> dict[str, list[str]]:
    """The regions that have HyperPod, each with its zones."""
    usable = set()
    for line in (CATALOGS / "regions.csv").read_text().splitlines():
        columns = line.split(",")
        if not line.startswith("#") and columns[1] == "yes":
            usable.add((columns[0], *columns[6].split()))
    zones: dict[str, list[str]] = {}
    for line in (CATALOGS / "zone-offerings.txt").read_text().splitlines():
        if line.startswith(" "):
            zones[name].append(line.split(":")[0].strip())
        elif not line.startswith("#"):
            name = line.strip()
            zones[name] = []
    found = {}
    for region, *refused in sorted(usable):
        left = [zone for zone in zones.get(region, []) if zone not in refused]
        if len(left) >= 3:
            found[region] = left
    return found


def places(info: dict, prefix: tuple = (), foreign: bool = False) -> list:
    """Every field below a record with its path; items of lists stand for the first item there."""
    found = []
    for field in info["fields"]:
        if FOREIGN.search(field["key"]) and not (foreign and field["key"] not in ("kind", "version")):
            continue
        path = (*prefix, field["key"])
        found.append((path, field))
        ((kind, body),) = field["shape"].items()
        if kind == "record":
            found += places(body["_0"], path, foreign)
        elif kind == "list" and "record" in body["of"]:
            found += places(body["of"]["record"]["_0"], (*path, 0), foreign)
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


def grow(stackgen, folder: Path, bases: list[str], count: int, foreign: bool) -> tuple[dict[str, dict], set[str]]:
    """The configurations, and the paths that made it into any of them."""
    schema = json.loads(stackgen("schema", "--format", "info").out)
    draw = random.Random(SEED)
    fields = places(schema["root"], foreign=foreign)
    parts = [item for item in fields if len(item[0]) == 1]
    known = regions()
    configs: dict[str, dict] = {}
    for number in range(count):
        name = f"{'linted' if foreign else 'generated'}-{number}"
        base = (ROOT / "examples" / "clusters" / f"{bases[number % len(bases)]}.yaml").read_text()
        # Not every region has the machine types of every example.
        for turn in range(len(known)):
            region = sorted(known)[(number * 7 + SEED + turn) % len(known)]
            configs[name] = moved(yaml.safe_load(base), name, region, known[region])
            write(folder, {name: configs[name]})
            if name not in refused(stackgen, folder / name):
                break
    assert refused(stackgen, folder) == set()
    used: set[str] = set()
    for turn in range(ROUNDS):
        before = copy.deepcopy(configs)
        added = {}
        for number, (name, config) in enumerate(configs.items()):
            # Every optional part of the schema gets its turn before fields are drawn.
            path, field = (
                parts[(number + turn * count) % len(parts)]
                if turn < 4
                else draw.choice(fields)
            )
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


def moved(config: dict, name: str, region: str, zones: list[str]) -> dict:
    """The example in another region, under a name of its own."""
    config["name"] = name
    config.pop("template_bucket", None)
    config["eks"] = {**config.get("eks", {}), "version": "1.34"}
    text = json.dumps(config).replace(config["region"], region)
    written = sorted(set(re.findall(r"[a-z]{3,}[0-9]-az[0-9]", text)))
    new = dict(zip(written, zones))
    return json.loads(
        re.sub(r"[a-z]{3,}[0-9]-az[0-9]", lambda match: new[match[0]], text)
    )


def write(folder: Path, configs: dict[str, dict]) -> None:
    """Write every configuration as a project."""
    for name, config in configs.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "config.yaml").write_text(
            yaml.safe_dump(config, sort_keys=False), encoding="utf-8"
        )


def lint(stackgen, folder: Path, configs: dict[str, dict]) -> None:
    """Evaluate every configuration and have cfn-lint check the templates, region by region."""
    templates: dict[str, list[str]] = {}
    for name, config in configs.items():
        stackgen("create", str(folder / name), "--dry-run")
        (record,) = records(folder / name)
        templates.setdefault(config["region"], []).append(str(record / "cfn_params.yaml"))
    for region, paths in templates.items():
        done = subprocess.run(
            [str(Path(sys.executable).parent / "cfn-lint"), "--regions", region, "--", *paths],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_valid_lints(stackgen):
    folder = stackgen.folder / "linted"
    configs, used = grow(stackgen, folder, LINTED, COUNT, foreign=True)
    assert len(used) >= COUNT, used
    lint(stackgen, folder, configs)


def test_what_is_valid_lints_and_creates(stackgen, aws):
    folder = stackgen.folder / "fleet"
    configs, used = grow(stackgen, folder, BASES, COUNT, foreign=False)
    assert len(used) >= COUNT, used
    assert len({config["region"] for config in configs.values()}) > 3
    lint(stackgen, folder, configs)

    for name, config in configs.items():
        # Each has the account for itself: two may well have chosen the same name for a resource.
        aws.post("reset")
        text = (folder / name / "config.yaml").read_text()
        raise_quotas(aws, config["region"], text)
        make_bucket(aws, "my-training-data", config["region"])
        run = create(stackgen, folder / name)
        if run.status == 4:
            # The local AWS offers the machine types of its own day: nothing else may be found before it is sent.
            found = {entry["id"] for entry in run.json()["diagnostics"] if entry["severity"] == "error"}
            assert found == {"PRE004"}, f"{run.err[-1500:]}\n{text}"
            run = create(stackgen, folder / name, "--no-preflight")
        assert run.status == 0, f"{run.err[-1500:]}\n{text}"
        assert run.json()["status"] == "CREATE_COMPLETE", text


def create(stackgen, project: Path, *options: str):
    """Create the stack of a project and wait for it."""
    return stackgen("create", str(project), "--yes", "--wait", "--output", "json", *options, expect=None)


def raise_quotas(aws, region: str, text: str) -> None:
    """An account that may have as much as the configuration asks for."""
    types = set(re.findall(r"\bml\.[a-z0-9-]+\.[a-z0-9]+", text))
    wanted = [("vpc", "L-DF5E4CA3"), ("vpc", "L-F678F1CE"), ("ec2", "L-0263D0A3")]
    wanted += [("sagemaker", f"{name} for cluster usage") for name in sorted(types)]
    for service, quota in wanted:
        aws.post("quota", {"service": service, "quota": quota, "value": 10_000_000, "region": region})


def make_bucket(aws, name: str, region: str) -> None:
    """A bucket that configurations name."""
    place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    aws.client("s3", region=region).create_bucket(Bucket=name, **place)
