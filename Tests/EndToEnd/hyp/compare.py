"""Runs the installed `hyp` beside stackgen over generated configurations and compares what the two would send.

    .venv/bin/python Tests/EndToEnd/hyp/compare.py --seed 1 --count 1000

Every difference has to be one of those below, which are wanted; any other one is printed and makes the status 1.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))

from generate import ZONES, Case, Generator  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
ENVIRONMENT = ROOT / ".venv-hyp"
# hyp knows these spellings inside a group and mangles all others.
KEPT = {
    "InstanceCount", "InstanceGroupName", "InstanceType", "TargetAvailabilityZoneId", "ThreadsPerCore",
    "InstanceStorageConfigs", "EbsVolumeConfig", "VolumeSizeInGB",
}  # fmt: skip


def python() -> Path:
    """Return the interpreter of an environment that has `hyp`, made on first use."""
    interpreter = ENVIRONMENT / "bin" / "python"
    wanted = (HERE / "requirements.txt").read_text()
    stamp = ENVIRONMENT / ".requirements"
    if not stamp.is_file() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(HERE / "requirements.txt")]
        subprocess.run([str(interpreter), *install], check=True)
        stamp.write_text(wanted)
    return interpreter


def answers_of_hyp(cases: list[Case]) -> list[dict]:
    """Return what `hyp` sends for each configuration."""
    lines = "".join(json.dumps({"config": case.text, "region": case.region}) + "\n" for case in cases)
    environment = os.environ | {"HYP_ZONES": json.dumps(ZONES), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [str(python()), str(HERE / "intercept.py")],
        input=lines, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def answer_of_stackgen(binary: str, case: Case, folder: Path) -> dict:
    """Return what stackgen's record says that it sends."""
    folder.mkdir()
    (folder / "config.yaml").write_text(case.text, encoding="utf-8")
    command = [binary, "create", str(folder), "--dry-run", "--region", case.region, "--record", str(folder / "record")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return {"refused": done.stderr}
    document = yaml.safe_load((folder / "record" / "cfn_params.yaml").read_text())
    tags = [{"Key": key, "Value": value} for key, value in document.get("Tags", {}).items()]
    request = json.loads((folder / "record" / "request.json").read_text())
    return {"parameters": document["Parameters"], "tags": tags, "capabilities": request["capabilities"]}


def mangled(value: object) -> object:
    """Spell the keys of a group as `hyp` does (`str.capitalize`)."""
    if isinstance(value, dict):
        return {
            key if key in KEPT else "".join(word.capitalize() for word in key.split("_")): mangled(item)
            for key, item in value.items()
        }
    return [mangled(item) for item in value] if isinstance(value, list) else value


# Ids that hyp sends as an empty text where the file says "".
IDS = {"VpcId", "SecurityGroupId", "RigS3BucketName"}


def reason(name: str, ours: str | None, theirs: str | None, config: dict) -> str | None:
    """Say why a parameter differs on purpose; `None` for a difference that nobody wants."""
    if ours is None and theirs == "" and name in IDS:
        return "an id written as an empty text is absent"
    if ours is None or theirs is None:
        return None
    if name.startswith(("InstanceGroupSettings", "RigSettings")):
        return reason_of_groups(json.loads(ours), json.loads(theirs))
    if name == "KubernetesVersion":
        return "a version keeps its last zero" if (ours, theirs) == ("1.30", "1.3") else None
    if name == "FsxAvailabilityZoneId" and not config.get("fsx_availability_zone_id"):
        zones = config.get("availability_zone_ids") or []
        return "the file system lies in a zone of the VPC" if ours == zones[:1][0] and theirs not in zones[:1] else None
    if name == "HelmOperators" and not config.get("helm_operators"):
        fixed = theirs.replace("namespaced-role-and-bindings.enable=", "namespaced-role-and-bindings.enabled=")
        return "a switch of the default is spelled as the chart reads it" if fixed == ours else None
    return None


def reason_of_groups(ours: object, theirs: object) -> str | None:
    """Say why groups differ on purpose: their keys are spelled for the SageMaker API, their numbers are numbers."""
    spelled = mangled(ours)
    if json.dumps(spelled) == json.dumps(theirs):
        return "keys of the SageMaker API keep their spelling"
    # Keys in snake case are those that hyp spells right.
    if json.dumps(unquoted(theirs)) in (json.dumps(spelled), json.dumps(ours)):
        return "a number in quotes is sent as a number"
    return "keys that `<<` brings stand where they are brought" if spelled == unquoted(theirs) else None


def unquoted(value: object) -> object:
    """Make a number of a count that is written in quotes."""
    if isinstance(value, dict):
        return {key: int(item) if key == "InstanceCount" else unquoted(item) for key, item in value.items()}
    return [unquoted(item) for item in value] if isinstance(value, list) else value


def without_suffix(parameters: dict[str, str]) -> dict[str, str]:
    """Cut off the four characters that hyp draws by lot."""
    prefix, _, suffix = parameters["ResourceNamePrefix"].rpartition("-")
    assert len(suffix) == 4, parameters["ResourceNamePrefix"]
    return parameters | {"ResourceNamePrefix": prefix}


def compare(case: Case, ours: dict, theirs: dict) -> tuple[list[str], Counter]:
    """Return the differences that nobody wants, and the number of those that are wanted by their reasons."""
    if "refused" in theirs:
        return [f"hyp refuses it: {theirs['refused']}"], Counter()
    if "refused" in ours:
        return [f"stackgen refuses it: {ours['refused']}"], Counter()
    config = yaml.safe_load(case.text)
    mine, its = without_suffix(ours["parameters"]), without_suffix(theirs["parameters"])
    problems, wanted = [], Counter()
    for name in sorted(mine.keys() | its.keys()):
        if mine.get(name) == its.get(name):
            continue
        why = reason(name, mine.get(name), its.get(name), config)
        if why:
            wanted[why] += 1
        else:
            problems.append(f"{name}: stackgen {mine.get(name)!r}, hyp {its.get(name)!r}")
    if sorted(map(str, ours["tags"])) != sorted(map(str, theirs["tags"])):
        problems.append(f"tags: stackgen {ours['tags']}, hyp {theirs['tags']}")
    if sorted(ours["capabilities"]) != sorted(theirs["capabilities"]):
        problems.append(f"capabilities: stackgen {ours['capabilities']}, hyp {theirs['capabilities']}")
    return problems, wanted


def run(binary: str, seed: int, count: int) -> tuple[list[str], Counter, int]:
    """Compare some configurations; return the unwanted differences, the wanted ones, and how many are equal."""
    generator = Generator(seed)
    cases = [generator.case() for _ in range(count)]
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        theirs = pool.submit(answers_of_hyp, cases)
        ours = list(
            pool.map(lambda item: answer_of_stackgen(binary, item[1], Path(name) / str(item[0])), enumerate(cases))
        )
        others = theirs.result()
    assert len(others) == count, f"hyp answered {len(others)} of {count}"
    problems: list[str] = []
    wanted: Counter = Counter()
    equal = 0
    for case, mine, its in zip(cases, ours, others, strict=True):
        found, explained = compare(case, mine, its)
        wanted += explained
        equal += not found and not explained
        problems += [f"{problem}\n--- {case.region}\n{case.text}" for problem in found]
    return problems, wanted, equal


def keys_of_hyp() -> set[str]:
    """Return the keys that the installed package knows."""
    code = "from hyperpod_cluster_stack_template.v1_0.model import ClusterStackBase as C; print(*C.model_fields)"
    return set(subprocess.run([str(python()), "-c", code], capture_output=True, text=True, check=True).stdout.split())


def main() -> int:
    """Compare as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--binary", default=os.environ.get("STACKGEN_BINARY", str(ROOT / ".build/debug/stackgen")))
    options = parser.parse_args()
    problems, wanted, equal = run(options.binary, options.seed, options.count)
    for problem in problems[:10]:
        print(problem)
    generator = Generator(options.seed)
    written = set().union(*(generator.case().keys for _ in range(options.count)))
    missing = keys_of_hyp() - written
    print(f"{options.count} configurations, seed {options.seed}: {equal} equal, {len(problems)} unwanted differences")
    print(f"  {len(written)} of hyp's keys written{': without ' + ', '.join(sorted(missing)) if missing else ''}")
    for why, number in sorted(wanted.items()):
        print(f"  {number:5} wanted: {why}")
    return 1 if problems or missing else 0


if __name__ == "__main__":
    sys.exit(main())
