"""Setting up, showing and using task governance on a cluster that is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

KUBECTL = Path(__file__).parent / "kubectl"


@pytest.fixture
def cluster(stackgen, aws):
    """A cluster with two GPU nodes, without task governance."""
    stackgen("init", "cluster-stack", "c", "--example", "talk")
    config = stackgen.folder / "c" / "config.yaml"
    text = config.read_text()
    config.write_text(text[: text.index("\ntask_governance:") + 1])
    aws.client("s3").create_bucket(Bucket="my-training-data")
    stackgen("create", "c", "--wait", "--yes")
    # From here on no configuration says the region.
    stackgen.environment["AWS_REGION"] = "us-east-1"
    return aws.client("sagemaker")


def kubectl(aws, **variables: str) -> dict[str, str]:
    """The environment of a kubectl that is set up for the cluster."""
    endpoint = aws.client("eks").describe_cluster(name="ml-cluster-eks")["cluster"]["endpoint"]
    return {"PATH": f"{KUBECTL}:{os.environ['PATH']}", "KUBECTL_SERVER": endpoint} | variables


def test_setup_proposes_and_applies(stackgen, aws, cluster):
    """The only cluster is found; a second setup takes over what is there and changes nothing."""
    done = stackgen("governance", "setup", "p", "--yes", "--output", "json")
    assert {result["action"] for result in done.json()["results"]} == {"install", "create"}
    found = cluster.list_compute_quotas()["ComputeQuotaSummaries"]
    assert sorted(quota["ComputeQuotaTarget"]["TeamName"] for quota in found) == ["team-a", "team-b"]
    for quota in found:
        assert quota["ComputeQuotaConfig"]["ResourceSharingConfig"] == {"Strategy": "LendAndBorrow", "BorrowLimit": 100}
    stackgen("validate", "p")
    again = stackgen("governance", "setup", "q", "--yes", "--team", "team-c", "--output", "json")
    assert "stay as they are" in again.err and not again.json()["has_changes"]
    stackgen("governance", "setup", "p", "--yes", expect=4)


def test_setup_names_what_there_is(stackgen, cluster):
    """A type that no group has is told with those that groups have."""
    run = stackgen("governance", "setup", "p", "--instance-type", "ml.p5.48xlarge", expect=4)
    assert "GOV060" in run.err and "ml.g5.12xlarge" in run.err
    assert not (stackgen.folder / "p").exists()


def test_show(stackgen, aws, cluster):
    """The table has the figures of the walkthrough, and the configuration written from it changes nothing."""
    stackgen("governance", "setup", "p", "--yes")
    without = stackgen("governance", "show")
    assert "no usage is shown" in without.err and "team-a" in without.out
    shown = stackgen("governance", "show", "--output", "json", **kubectl(aws)).json()
    usage = {row["resource"]: row for row in shown["teams"][0]["usage"]}
    assert (usage["cpu"]["borrowed"], usage["cpu"]["used"], usage["cpu"]["guaranteed"]) == ("40", "88", "48")
    assert (usage["memory"]["borrowed"], usage["memory"]["used"]) == ("136Gi", "328Gi")
    assert (usage["nvidia.com/gpu"]["borrowed"], usage["nvidia.com/gpu"]["used"]) == ("4", "8")
    lent = {row["resource"]: (row["lent"], row["is_lent_exact"]) for row in shown["teams"][1]["usage"]}
    assert lent == {"cpu": ("40", True), "memory": ("136Gi", True), "nvidia.com/gpu": ("4", True)}

    folder = stackgen.folder / "again"
    folder.mkdir()
    (folder / "config.yaml").write_text(stackgen("governance", "show", "--as-config").out)
    assert not stackgen("governance", "apply", "again", "--plan", "--output", "json").json()["has_changes"]


def test_own_kueue_is_refused(stackgen, aws, cluster):
    """A Kueue that somebody installed is found and named before anything is sent."""
    stackgen("governance", "setup", "p", "--no-apply")
    run = stackgen("governance", "apply", "p", "--yes", expect=4, **kubectl(aws, KUBECTL_KUEUE="1"))
    assert "GOV054" in run.err and "kueue-system/kueue-controller-manager" in run.err
    assert aws.client("eks").list_addons(clusterName="ml-cluster-eks")["addons"].count(
        "amazon-sagemaker-hyperpod-taskgovernance"
    ) == 0
    stackgen("governance", "apply", "p", "--yes", **kubectl(aws))


def test_manifests(stackgen, aws, cluster):
    """Each team gets a volume of the stack's file system, bound to a claim in its namespace."""
    text = stackgen("governance", "manifests", "ml-cluster", "--team", "team-a", "--team", "team-b").out
    documents = list(yaml.safe_load_all(text))
    assert [document["kind"] for document in documents] == ["PersistentVolume", "PersistentVolumeClaim"] * 2
    file_system = aws.client("fsx").describe_file_systems()["FileSystems"][0]
    for volume, claim in zip(documents[::2], documents[1::2], strict=True):
        csi = volume["spec"]["csi"]
        assert csi["volumeHandle"] == file_system["FileSystemId"]
        assert csi["volumeAttributes"]["mountname"] == file_system["LustreConfiguration"]["MountName"]
        assert claim["spec"]["volumeName"] == volume["metadata"]["name"]
        reference = volume["spec"]["claimRef"]
        assert reference == {"namespace": claim["metadata"]["namespace"], "name": claim["metadata"]["name"]}
    assert {document["metadata"]["namespace"] for document in documents[1::2]} == {
        "hyperpod-ns-team-a",
        "hyperpod-ns-team-b",
    }
    records = sorted((stackgen.folder / "run").iterdir())
    assert [record.name for record in records] == [records[0].name]
    assert (records[0] / "manifests.yaml").read_text() == text
    assert "stack ml-cluster" in stackgen("verify", str(records[0])).out
    (records[0] / "manifests.yaml").write_text(text.replace("1200Gi", "1201Gi"))
    stackgen("verify", str(records[0]), expect=2)
    stackgen("governance", "manifests", "ml-cluster", expect=4)
    stackgen("governance", "manifests", "ml-cluster", "--team", "Team A", expect=252)
