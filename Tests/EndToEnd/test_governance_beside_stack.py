"""A stack in a region where CloudFormation lacks the types of task governance: the APIs make policy and quotas."""

from __future__ import annotations

import json

import pytest
from conftest import records
from test_governance_policy import ADDON, GOVERNANCE, comparable, quotas

REGION = "us-west-2"


def project(stackgen, folder: str, region: str) -> None:
    """The talk's cluster in a region, with two teams."""
    stackgen("init", "cluster-stack", folder, "--example", "talk")
    config = stackgen.folder / folder / "config.yaml"
    text = config.read_text()
    text = text[: text.index("\ntask_governance:") + 1] + GOVERNANCE
    if region == REGION:
        text = text.replace("us-east-1", REGION).replace("use1-az4", "usw2-az1").replace("use1-az6", "usw2-az2")
    config.write_text(text)


@pytest.fixture
def west(stackgen, aws):
    """A project in the region, and SageMaker there."""
    aws.client("s3", REGION).create_bucket(
        Bucket="my-training-data", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    project(stackgen, "w", REGION)
    return aws.client("sagemaker", REGION)


def policies(sagemaker) -> list[dict]:
    return sagemaker.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"]


def actions(governance: dict) -> set[str]:
    return {step["action"] for step in governance["steps"]}


def test_create_applies_what_the_template_leaves_out(stackgen, aws, west):
    """One `create` makes both, ends as a stack elsewhere does, and changes nothing the second time."""
    note = stackgen("validate", "w")
    assert "note[GOV003]" in note.err + note.out
    made = stackgen("create", "w", "--wait", "--yes", "--output", "json").json()
    assert made["status"] == "CREATE_COMPLETE"
    assert {result["status"] for result in made["task_governance"]["results"]} == {"ACTIVE", "Created"}
    stack, governance = records(stackgen.folder / "w")
    template = (stack / "cfn_params.yaml").read_text()
    assert "ClusterSchedulerConfig" not in template and "ComputeQuota" not in template and ADDON not in template
    assert json.loads((governance / "request.json").read_text())["operation"] == "ApplyTaskGovernance"
    for record in (stack, governance):
        stackgen("verify", str(record))

    again = stackgen("create", "w", "--wait", "--yes", "--output", "json").json()
    assert actions(again["task_governance"]) == {"leave"} and len(records(stackgen.folder / "w")) == 2

    # The other way, in a region that has the types.
    aws.client("s3").create_bucket(Bucket="my-training-data-east")
    project(stackgen, "e", "us-east-1")
    config = stackgen.folder / "e" / "config.yaml"
    config.write_text(config.read_text().replace("my-training-data", "my-training-data-east"))
    east = stackgen("create", "e", "--wait", "--yes", "--output", "json").json()
    assert "task_governance" not in east
    assert comparable(aws.client("sagemaker")) == comparable(west)
    refused = stackgen("governance", "apply", "e", "--plan", expect=2)
    assert "stackgen update" in refused.err


def test_update_changes_stack_and_policy(stackgen, west):
    """A changed weight is no change of the stack, and reaches the quota; --no-execute only shows it."""
    stackgen("create", "w", "--wait", "--yes")
    config = stackgen.folder / "w" / "config.yaml"
    config.write_text(config.read_text().replace("fair_share_weight: 10", "fair_share_weight: 20", 1))
    shown = stackgen("update", "w", "--no-execute", "--output", "json", expect=3)
    assert "fair_share_weight" in shown.err or "FairShareWeight" in shown.err
    assert quotas(west)["team-a"]["ComputeQuotaTarget"]["FairShareWeight"] == 10
    changed = stackgen("update", "w", "--wait", "--yes", "--output", "json").json()
    assert changed["is_unchanged"] and actions(changed["task_governance"]) == {"leave", "update"}
    assert quotas(west)["team-a"]["ComputeQuotaTarget"]["FairShareWeight"] == 20
    assert not stackgen("governance", "apply", "w", "--plan", "--output", "json").json()["has_changes"]


def test_without_waiting_the_next_command_is_named(stackgen, aws, west):
    """`create` alone says what to run when the stack is complete; before that there is no cluster."""
    run = stackgen("create", "w", "--yes")
    assert "stackgen governance apply" in run.err
    assert not policies(west)
    stackgen("watch", "ml-cluster", "--region", REGION)
    applied = stackgen("governance", "apply", "w", "--yes", "--output", "json").json()
    assert {result["action"] for result in applied["results"]} == {"install", "create"}
    assert sorted(quotas(west)) == ["team-a", "team-b"]


def test_delete_takes_the_policy_first(stackgen, aws, west):
    """SageMaker deletes no cluster that has a policy or quotas: they are shown, and go before the stack."""
    stackgen("create", "w", "--wait", "--yes")
    shown = stackgen("delete", "ml-cluster", "--region", REGION, "--dry-run", "--output", "json").json()
    assert [(item["subject"], item["name"]) for item in shown["attachments"]] == [
        ("quota", "team-a"), ("quota", "team-b"), ("policy", "ml-cluster-scheduler"),
    ]
    assert sorted(quotas(west)) == ["team-a", "team-b"]
    run = stackgen("delete", "ml-cluster", "--region", REGION, "--yes", "--wait", "--empty-buckets")
    assert "quota team-a" in run.err
    assert not quotas(west) and not policies(west)
    assert not aws.client("sagemaker", REGION).list_clusters()["ClusterSummaries"]


def test_a_failed_quota_leaves_the_stack(stackgen, aws, west):
    """What fails beside the stack is told after what became of the stack, and the next `create` mends it."""
    aws.post("fail", {"logical_id": "team-a", "operation": "CreateComputeQuota", "reason": "no queue today"})
    run = stackgen("create", "w", "--wait", "--yes", "--output", "json", expect=5)
    assert "CREATE_COMPLETE" in run.err and run.json()["error"]["status"] == 5 and "GOV057" in run.err
    mended = stackgen("create", "w", "--wait", "--yes", "--output", "json").json()
    assert "recreate" in actions(mended["task_governance"])
    assert {quota["Status"] for quota in quotas(west).values()} == {"Created"}
