"""Every template passes cfn-lint, without an error and without a warning, in every region it can be used in."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from conftest import ROOT, Stackgen, records

# Where AWS::SageMaker::Cluster exists. Source: the regional resource schemas that cfn-lint ships.
REGIONS = """
    ap-northeast-1 ap-northeast-2 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4
    ca-central-1 eu-central-1 eu-north-1 eu-south-2 eu-west-1 eu-west-2 sa-east-1 us-east-1 us-east-2 us-west-1
    us-west-2
""".split()
# What `init` writes without an example; it fits itself to the region, so every region must be able to run it.
SCAFFOLD = "scaffold"
EXAMPLES = sorted(path.stem for path in (ROOT / "examples" / "clusters").glob("*.yaml"))
# The regions in which CloudFormation has both types of task governance.
GOVERNED = {"ap-south-1", "eu-central-1", "us-east-1"}


def lint(region: str, templates: list[Path]) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "cfn-lint"), "--regions", region, "--", *map(str, templates)],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else f"{region}: {done.stdout}{done.stderr}"


def test_reference_runs_in_their_own_region():
    for run in sorted((ROOT / "runs").iterdir()):
        region = next(
            line.split(":")[1].split("#")[0].strip()
            for line in (run / "config.yaml").read_text().splitlines()
            if line.startswith("region:")
        )
        assert lint(region, [run / "cfn_params.yaml"]) == ""


def test_examples_in_every_region(tmp_path, environment):
    stackgen = Stackgen(tmp_path, environment)
    usable: dict[str, list[Path]] = {}
    names = [SCAFFOLD, *EXAMPLES]
    regions_of: dict[str, set[str]] = {name: set() for name in names}
    for region in REGIONS:
        for name in names:
            folder = f"{region}/{name}"
            example = [] if name == SCAFFOLD else ["--example", name]
            run = stackgen("init", "cluster-stack", folder, *example, "--region", region, expect=None)
            if run.status != 0:
                # The example cannot be used there, and `init` says why instead of writing it.
                assert run.status == 2 and "error[" in run.err, run.err
                continue
            run = stackgen("create", folder, "--dry-run", expect=None)
            # HyperPod does not have an instance type of the example there.
            if run.status == 2 and "error[GRP032]" in run.err:
                continue
            assert run.status == 0, run.err
            (record,) = records(tmp_path / folder)
            usable.setdefault(region, []).append(record / "cfn_params.yaml")
            regions_of[name].add(region)
    assert regions_of[SCAFFOLD] == set(REGIONS)
    # Elsewhere the policy is applied through the APIs, and the stack leaves it out.
    for region in regions_of["talk"]:
        (record,) = records(tmp_path / region / "talk")
        made = "AWS::SageMaker::ComputeQuota" in (record / "cfn_params.yaml").read_text()
        assert made == (region in GOVERNED), region
    assert {"us-east-1", "us-east-2"} <= regions_of["talk"]
    assert all(regions_of.values()), regions_of
    with ThreadPoolExecutor(max_workers=2) as pool:
        problems = list(pool.map(lambda item: lint(*item), usable.items()))
    assert "".join(problems) == ""
