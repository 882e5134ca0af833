"""What applying a policy meets: somebody else who changes it, other names, second policies, quotas that went."""

from __future__ import annotations

import threading
import time

from test_governance_policy import POLICY, actions, apply, cluster, quotas, write

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
