"""The kind task-governance: planned, recorded, applied, and seen through boto3."""

from __future__ import annotations

import json
import threading
import time

import pytest

ADDON = "amazon-sagemaker-hyperpod-taskgovernance"
# Two teams, for either kind of configuration.
GOVERNANCE = """\
task_governance:
  description: Who goes first
  priority_classes: {inference: 90, training: 70}
  teams:
    - name: team-a
      quota: [{instance_type: ml.g5.12xlarge, count: 1}]
      sharing: {borrow_limit_percent: 100}
      fair_share_weight: 10
    - name: team-b
      quota: [{instance_type: ml.g5.12xlarge, accelerators: 2}]
      fair_share_weight: 10
"""
POLICY = (
    """\
kind: task-governance
version: "1.0"
name: talk
region: us-east-1
cluster: ml-cluster
"""
    + GOVERNANCE
)


@pytest.fixture
def cluster(stackgen, aws):
    """A cluster without task governance, and a folder with a policy for it."""
    stackgen("init", "cluster-stack", "c", "--example", "talk")
    config = stackgen.folder / "c" / "config.yaml"
    text = config.read_text()
    config.write_text(text[: text.index("\ntask_governance:") + 1])
    aws.client("s3").create_bucket(Bucket="my-training-data")
    stackgen("create", "c", "--wait", "--yes")
    (stackgen.folder / "p").mkdir()
    write(stackgen, POLICY)
    return aws.client("sagemaker")


def write(stackgen, text: str) -> None:
    (stackgen.folder / "p" / "config.yaml").write_text(text)


def quotas(sagemaker) -> dict[str, dict]:
    """The quotas by team."""
    found = sagemaker.list_compute_quotas()["ComputeQuotaSummaries"]
    return {quota["ComputeQuotaTarget"]["TeamName"]: quota for quota in found}


def apply(stackgen, *arguments: str, expect: int = 0) -> dict:
    return stackgen("governance", "apply", "p", "--output", "json", *arguments, expect=expect).json()


def actions(outcome: dict) -> dict[str, str]:
    return {f"{step['subject']} {step['name']}": step["action"] for step in outcome["steps"]}


def test_policy_is_applied_once(stackgen, aws, cluster):
    """Created by `create`, left alone by a second run, changed where the configuration changed, pruned when asked."""
    planned = apply(stackgen, "--plan", expect=3)
    assert actions(planned) == {
        f"addon {ADDON}": "install",
        "policy talk-scheduler": "create",
        "quota team-a": "create",
        "quota team-b": "create",
    }
    assert quotas(cluster) == {}, "a plan changes nothing"
    stackgen("create", "p", expect=4)
    assert quotas(cluster) == {}, "nobody agreed"

    created = stackgen("create", "p", "--yes", "--output", "json").json()
    assert {result["status"] for result in created["results"]} == {"ACTIVE", "Created"}
    stackgen("verify", created["record"])
    team = quotas(cluster)["team-b"]
    assert team["ComputeQuotaConfig"]["ComputeQuotaResources"] == [
        {"InstanceType": "ml.g5.12xlarge", "Accelerators": 2, "VCpu": 24.0, "MemoryInGiB": 96.0}
    ]
    policy = cluster.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"][0]
    described = cluster.describe_cluster_scheduler_config(ClusterSchedulerConfigId=policy["ClusterSchedulerConfigId"])
    assert described["SchedulerConfig"]["PriorityClasses"] == [
        {"Name": "inference", "Weight": 90},
        {"Name": "training", "Weight": 70},
    ]
    assert aws.client("eks").describe_addon(clusterName="ml-cluster-eks", addonName=ADDON)["addon"]["status"] == "ACTIVE"

    again = apply(stackgen, "--yes")
    assert not again["has_changes"] and again.get("record") is None

    write(stackgen, POLICY.replace("count: 1", "count: 2").replace("inference: 90", "inference: 95"))
    changed = apply(stackgen, "--yes")
    assert actions(changed) == {
        f"addon {ADDON}": "leave",
        "policy talk-scheduler": "update",
        "quota team-a": "update",
        "quota team-b": "leave",
    }
    assert quotas(cluster)["team-a"]["ComputeQuotaVersion"] == 2

    write(stackgen, POLICY[: POLICY.index("    - name: team-b")])
    kept = apply(stackgen, "--yes")
    assert actions(kept)["quota team-b"] == "keep" and "team-b" in quotas(cluster)
    pruned = apply(stackgen, "--yes", "--prune")
    assert actions(pruned)["quota team-b"] == "delete" and "team-b" not in quotas(cluster)


def test_policy_in_every_record_is_what_was_sent(stackgen, cluster):
    """The calls in the record hold what boto3 sees; a record that was changed is told."""
    outcome = apply(stackgen, "--yes")
    record = stackgen.folder / outcome["record"]
    calls = [json.loads(line) for line in (record / "calls.jsonl").read_text().splitlines()]
    assert [call["operation"] for call in calls] == [
        "CreateAddon",
        "CreateClusterSchedulerConfig",
        "CreateComputeQuota",
        "CreateComputeQuota",
    ]
    sent = {call["request"]["ComputeQuotaTarget"]["TeamName"]: call["request"] for call in calls[2:]}
    for team, quota in quotas(cluster).items():
        for amount in sent[team]["ComputeQuotaConfig"]["ComputeQuotaResources"]:
            assert amount in quota["ComputeQuotaConfig"]["ComputeQuotaResources"]
    evaluated = record / "cfn_params.yaml"
    evaluated.write_text(evaluated.read_text().replace("Weight: 90", "Weight: 91"))
    stackgen("verify", str(record), expect=2)


def test_same_end_state_as_a_stack(stackgen, aws, cluster):
    """The two ways of applying, CloudFormation and the APIs, end in the same policy and quotas."""
    apply(stackgen, "--yes")
    by_calls = comparable(cluster)
    stackgen("delete", "ml-cluster", "--yes", "--wait", expect=None)
    aws.post("reset")
    aws.client("s3").create_bucket(Bucket="my-training-data")
    config = stackgen.folder / "c" / "config.yaml"
    config.write_text(config.read_text() + POLICY[POLICY.index("task_governance:") :])
    stackgen("create", "c", "--wait", "--yes")
    assert comparable(cluster) == by_calls


def comparable(sagemaker) -> dict:
    """Policy and quotas without ids and times, and without the platform's own names."""
    policy = sagemaker.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"][0]
    config = sagemaker.describe_cluster_scheduler_config(ClusterSchedulerConfigId=policy["ClusterSchedulerConfigId"])
    keys = ("Name", "ComputeQuotaConfig", "ComputeQuotaTarget", "ActivationState")
    return {
        "policy": config["SchedulerConfig"],
        "quotas": {team: {key: quota[key] for key in keys} for team, quota in quotas(sagemaker).items()},
    }


def test_failed_quota_is_made_anew(stackgen, aws, cluster):
    """What SageMaker could not create is told with its reason, deleted and created again by the next run."""
    aws.post("fail", {"logical_id": "team-a", "operation": "CreateComputeQuota", "reason": "no queue today"})
    failed = stackgen("governance", "apply", "p", "--yes", expect=5)
    assert "GOV057" in failed.err and "no queue today" in failed.err
    mended = apply(stackgen, "--yes")
    assert actions(mended)["quota team-a"] == "recreate"
    assert {quota["Status"] for quota in quotas(cluster).values()} == {"Created"}


def test_wrong_cluster_and_types_are_told(stackgen, cluster):
    """A cluster that is not there, with the nearest name; a type that no group has, at its line."""
    write(stackgen, POLICY.replace("cluster: ml-cluster", "cluster: ml-clustr"))
    run = stackgen("governance", "apply", "p", "--plan", expect=4)
    assert "GOV051" in run.err and "ml-cluster" in run.err
    write(stackgen, POLICY.replace("ml.g5.12xlarge, count", "ml.p5.48xlarge, count"))
    run = stackgen("governance", "apply", "p", "--plan", expect=3)
    assert "GOV060" in run.err and "config.yaml:11" in run.err


def test_killed_run_is_gone_on_with(stackgen, aws, cluster):
    """Killed at any moment, the command goes on where it was, and makes nothing twice."""
    aws.post("settings", {"service_seconds": 0.3})
    for delay in (0.05, 0.2, 0.4, 0.8, 1.2):
        process = stackgen.popen("governance", "apply", "p", "--yes")
        timer = threading.Timer(delay, process.kill)
        timer.start()
        process.wait()
        timer.cancel()
    time.sleep(0.1)
    apply(stackgen, "--yes")
    assert sorted(quotas(cluster)) == ["team-a", "team-b"]
    assert len(cluster.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"]) == 1
    assert not apply(stackgen, "--plan")["has_changes"]
