"""Every rule that the facts on task governance list, V01 to V53: the finding that stands for it, with its severity.

Each file of governance_rules/ breaks one rule. Its first line names the rule, the severity and the finding; the rest is
a `task_governance` block, put into both kinds of configuration. Rules of the cluster itself are asked when a policy is
applied: the table names the test that shows them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parent / "governance_rules").glob("V*.yaml"))
STACK = """\
kind: cluster-stack
version: "1.0"
name: ml-cluster
region: us-east-1
vpc:
  availability_zones: [use1-az4, use1-az6]
instance_groups:
- {name: workers, instance_type: ml.g5.12xlarge, count: 2, availability_zone: use1-az6}
eks: {version: 1.34}
"""
POLICY = """\
kind: task-governance
version: "1.0"
name: ml-cluster
region: us-east-1
cluster: ml-cluster
capacity: {ml.g5.12xlarge: 2}
"""
# What no configuration alone can break, and where it is tested.
ELSEWHERE = {
    "V01": "test_the_arn_of_the_cluster",
    "V02": "test_the_arn_of_the_cluster",
    "V03": "GOV052: asked of the cluster when the policy is applied",
    "V04": "GOV053 and GOV055: asked of the cluster when the policy is applied",
    "V05": "GOV054, test_governance_live.py",
    "V41": "test_parts_are_filled_in",
    "V45": "test_jobs_that_are_too_large",
    "V46": "test_jobs_that_are_too_large",
    "V48": "GOV056, test_governance_conditions.py",
    "V49": "GOV063, test_governance_conditions.py",
    "V50": "GOV058: asked of the cluster when the policy is applied; a template has one policy and its dependencies",
    "V51": "test_regions_without_the_types",
    "V52": "GOV057, test_governance_policy.py",
    "V53": "documented: what is in the namespaces is no part of a configuration",
}


def findings(stackgen, text: str) -> set[tuple[str, str]]:
    (stackgen.folder / "config.yaml").write_text(text)
    run = stackgen("validate", "config.yaml", expect=None)
    return set(re.findall(r"^(error|warning|note)\[([A-Z]+\d+)\]", run.out + run.err, re.MULTILINE))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("header", [STACK, POLICY], ids=["cluster-stack", "task-governance"])
def test_rule(stackgen, case, header):
    text = case.read_text()
    _, severity, finding = text.splitlines()[0].removeprefix("# ").split()
    found = findings(stackgen, header + text)
    assert (severity, finding) in found
    # The well-formed policy has none of it.
    assert finding not in {name for _, name in findings(stackgen, header + GOOD)}


def test_every_rule_is_in_the_table():
    here = {path.stem[:3] for path in CASES}
    assert here.isdisjoint(ELSEWHERE)
    assert sorted(here | set(ELSEWHERE)) == [f"V{number:02}" for number in range(1, 54)]


GOOD = """\
task_governance:
  priority_classes: {inference: 90, training: 70}
  idle_resource_sharing: true
  teams:
  - {name: team-a, quota: [{instance_type: ml.g5.12xlarge, count: 1}], sharing: {strategy: LendAndBorrow,
     borrow_limit_percent: 100}, fair_share_weight: 50, preempt_team_tasks: LowerPriority}
  - {name: team-b, quota: [{instance_type: ml.g5.12xlarge, count: 1}], sharing: {strategy: LendAndBorrow,
     borrow_limit_percent: 100}, fair_share_weight: 50, preempt_team_tasks: LowerPriority}
"""


def test_the_arn_of_the_cluster(stackgen):
    """V01 and V02: the form of an ARN, and its region."""
    arn = "arn:aws:sagemaker:us-west-2:123456789012:cluster/abcdefghij12"
    assert ("error", "GOV050") in findings(stackgen, POLICY.replace("cluster: ml-cluster", f"cluster: {arn}") + GOOD)
    broken = POLICY.replace("cluster: ml-cluster", "cluster: arn:aws:sagemaker:us-east-1:123456789012:cluster/ABC")
    assert "error" in {severity for severity, _ in findings(stackgen, broken + GOOD)}


def test_parts_are_filled_in(stackgen):
    """V41: what SageMaker would fill in is sent, so that no template drifts."""
    text = GOOD.replace("count: 1", "accelerators: 2")
    folder = stackgen.folder / "c"
    folder.mkdir()
    (folder / "config.yaml").write_text(STACK + text)
    stackgen("create", "c", "--dry-run", "--record", "record")
    template = (stackgen.folder / "record" / "cfn_params.yaml").read_text()
    assert len(re.findall(r"VCpu: 24\b", template)) == 2
    assert len(re.findall(r"MemoryInGiB: 96\b", template)) == 2


def test_jobs_that_are_too_large(stackgen):
    """V45 and V46: more than a team can have, and more than it owns."""
    (stackgen.folder / "config.yaml").write_text(POLICY + GOOD)
    jobs = stackgen.folder / "jobs.yaml"
    jobs.write_text("jobs:\n- {name: a, team: team-a, nodes: 3}\n")
    run = stackgen("governance", "simulate", "config.yaml", "--jobs", "jobs.yaml", expect=2)
    assert "error[JOB008]" in run.err and "jobs.yaml:2" in run.err
    jobs.write_text("jobs:\n- {name: a, team: team-a, nodes: 2}\n")
    assert "warning[JOB009]" in stackgen("governance", "simulate", "config.yaml", "--jobs", "jobs.yaml").err
    jobs.write_text("jobs:\n- {name: a, team: team-a, nodes: 1}\n")
    assert "JOB00" not in stackgen("governance", "simulate", "config.yaml", "--jobs", "jobs.yaml").err


def test_regions_without_the_types(stackgen):
    """V51: CloudFormation cannot, so a stack's configuration says that the APIs do it."""
    stack = STACK.replace("us-east-1", "us-west-2").replace("use1-az4", "usw2-az1").replace("use1-az6", "usw2-az2")
    assert ("note", "GOV003") in findings(stackgen, stack + GOOD)
    assert "GOV003" not in {name for _, name in findings(stackgen, POLICY.replace("us-east-1", "us-west-2") + GOOD)}
