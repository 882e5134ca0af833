"""What applying a policy meets: somebody else who changes it, other names, second policies, quotas that went."""

from __future__ import annotations

import json
import threading
import time

import pytest
import scripted_aws
from scripted_aws import answer
from test_governance_policy import ADDON, POLICY, actions, apply, cluster, quotas, write

__all__ = ["cluster"]


def policies(sagemaker) -> list[dict]:
    return sagemaker.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"]


def test_somebody_is_faster(stackgen, aws, cluster):
    """A quota that changed after the plan was made is left alone, and the next run takes it up."""
    apply(stackgen, "--yes")
    team = quotas(cluster)["team-b"]
    write(stackgen, POLICY.replace("inference: 90", "inference: 91").replace("accelerators: 2", "accelerators: 3"))
    aws.post("settings", {"service_seconds": 3})
    ended = {}
    thread = threading.Thread(
        target=lambda: ended.update(run=stackgen("governance", "apply", "p", "--yes", expect=None))
    )
    thread.start()
    deadline = time.monotonic() + 60
    while policies(cluster)[0]["Status"] != "Updating" and time.monotonic() < deadline:
        time.sleep(0.02)
    cluster.update_compute_quota(
        ComputeQuotaId=team["ComputeQuotaId"], TargetVersion=team["ComputeQuotaVersion"], ActivationState="Disabled"
    )
    thread.join()
    assert ended["run"].status != 0 and "GOV056" in ended["run"].err
    assert quotas(cluster)["team-b"]["ActivationState"] == "Disabled"
    aws.post("settings", {"service_seconds": 0})
    assert actions(apply(stackgen, "--yes"))["quota team-b"] == "update"
    assert quotas(cluster)["team-b"]["ActivationState"] == "Enabled"
    assert not apply(stackgen, "--plan")["has_changes"]


def test_a_policy_keeps_its_name(stackgen, cluster):
    """Names cannot be changed: another prefix is told and changes nothing."""
    apply(stackgen, "--yes")
    write(stackgen, POLICY.replace("name: talk", "name: other"))
    run = stackgen("governance", "apply", "p", "--plan")
    assert "GOV063" in run.err and "talk-scheduler" in run.err


def test_what_went_comes_back(stackgen, cluster):
    """A quota that somebody deleted is created again, and nothing else is touched."""
    apply(stackgen, "--yes")
    cluster.delete_compute_quota(ComputeQuotaId=quotas(cluster)["team-a"]["ComputeQuotaId"])
    done = actions(apply(stackgen, "--yes"))
    assert done["quota team-a"] == "create" and done["quota team-b"] == "leave"
    assert sorted(quotas(cluster)) == ["team-a", "team-b"]


@pytest.fixture
def scripted(stackgen, aws, cluster):
    """An account that says other things about the cluster than the local AWS, in front of it."""
    scripted, server = scripted_aws.serve(aws.endpoint)
    stackgen.environment["AWS_ENDPOINT_URL"] = scripted.endpoint
    yield scripted
    server.shutdown()


def sent(scripted) -> list[str]:
    """What was asked for that changes something."""
    return [name for name in scripted.asked if name.startswith(("Create", "Update", "Delete", "POST", "PUT", "DELETE"))]


def test_slurm_has_no_task_governance(stackgen, cluster, scripted):
    """GOV052: a cluster that EKS does not orchestrate is told, and nothing is sent."""
    described = {"ClusterArn": "arn:aws:sagemaker:us-east-1:123456789012:cluster/abcdefghij12", "ClusterName": "ml-cluster"}
    scripted.on("DescribeCluster", answer(described | {"ClusterStatus": "InService", "InstanceGroups": []}))
    run = stackgen("governance", "apply", "p", "--yes", expect=4)
    assert "error[GOV052]" in run.err and "ml-cluster" in run.err
    assert not sent(scripted)


def test_old_kubernetes_is_refused(stackgen, aws, cluster, scripted):
    """GOV053: a Kubernetes before 1.30 is told with its version, and nothing is sent."""
    found = aws.client("eks").describe_cluster(name="ml-cluster-eks")["cluster"]
    old = {key: found[key] for key in ("name", "arn", "endpoint", "status")} | {"version": "1.29"}
    scripted.on("GET /clusters/ml-cluster-eks", (200, "application/json", json.dumps({"cluster": old})))
    run = stackgen("governance", "apply", "p", "--yes", expect=4)
    assert "error[GOV053]" in run.err and "1.29" in run.err and "one minor version at a time" in run.err
    assert not sent(scripted)


def test_the_add_on_is_needed(stackgen, aws, cluster):
    """GOV055: missing and not to be installed, then installed but broken: told, and no policy is made before it."""
    write(stackgen, POLICY.replace("task_governance:", "install_addon: false\ntask_governance:", 1))
    run = stackgen("governance", "apply", "p", "--yes", expect=4)
    assert "error[GOV055]" in run.err and "install_addon: true" in run.err
    write(stackgen, POLICY)
    aws.post("fail", {"operation": "CreateAddon", "logical_id": ADDON, "reason": "no place for its pods"})
    run = stackgen("governance", "apply", "p", "--yes", expect=5)
    assert "error[GOV055]" in run.err and "CREATE_FAILED" in run.err
    assert not policies(cluster) and not quotas(cluster)


def test_a_second_policy_is_refused(stackgen, aws, cluster, scripted):
    """GOV058: two policies of one cluster are named, and nothing is changed."""
    apply(stackgen, "--yes")
    first = policies(cluster)[0]
    second = first | {"ClusterSchedulerConfigId": "zyxwvutsrq98", "Name": "other"}
    second["ClusterSchedulerConfigArn"] = first["ClusterSchedulerConfigArn"].rsplit("/", 1)[0] + "/zyxwvutsrq98"
    for summary in (first, second):
        summary["CreationTime"] = summary["CreationTime"].timestamp()
        summary.pop("LastModifiedTime", None)
    described = cluster.describe_cluster_scheduler_config(ClusterSchedulerConfigId=first["ClusterSchedulerConfigId"])
    plain = {key: described[key] for key in ("ClusterArn", "SchedulerConfig", "Status", "ClusterSchedulerConfigVersion")}
    scripted.on("ListClusterSchedulerConfigs", answer({"ClusterSchedulerConfigSummaries": [first, second]}))
    scripted.on("DescribeClusterSchedulerConfig", lambda asked: answer(plain | next(
        {key: each[key] for key in ("ClusterSchedulerConfigArn", "ClusterSchedulerConfigId", "Name", "CreationTime")}
        for each in (first, second)
        if each["ClusterSchedulerConfigId"] == asked["ClusterSchedulerConfigId"]
    )))
    scripted.asked.clear()
    run = stackgen("governance", "apply", "p", "--yes", expect=4)
    assert "error[GOV058]" in run.err and "other (zyxwvutsrq98)" in run.err
    assert not sent(scripted)


def test_the_name_of_a_policy_is_taken(stackgen, aws, cluster):
    """GOV058, too: names are once in account and region, and another cluster has this one."""
    apply(stackgen, "--yes")
    text = (stackgen.folder / "c" / "config.yaml").read_text().replace("name: ml-cluster", "name: other", 1)
    (stackgen.folder / "d").mkdir()
    (stackgen.folder / "d" / "config.yaml").write_text(text)
    stackgen("create", "d", "--wait", "--yes")
    write(stackgen, POLICY.replace("cluster: ml-cluster", "cluster: other"))
    run = stackgen("governance", "apply", "p", "--yes", expect=4)
    assert "error[GOV058]" in run.err and "talk-scheduler" in run.err
    assert len(policies(cluster)) == 1
