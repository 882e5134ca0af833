"""What comes after create: events, outputs, differences, drift, cancelling, reaching the cluster."""

from __future__ import annotations

import base64
import json
import stat
import subprocess
import urllib.parse

import pytest
import yaml
from conftest import BINARY

REGION = ("--region", "us-east-1")


@pytest.fixture
def stack(stackgen, talk):
    """The talk's stack, made."""
    return stackgen("create", "talk", "--wait", "--output", "json").json()


def test_events_are_those_that_boto3_sees(stackgen, aws, stack):
    events = stackgen("events", "ml-cluster", *REGION, "--output", "json").json()
    pages = aws.client("cloudformation").get_paginator("describe_stack_events")
    own = [event["EventId"] for page in pages.paginate(StackName="ml-cluster") for event in page["StackEvents"]]
    assert [event["EventId"] for event in events if event["StackName"] == "ml-cluster"] == own[::-1]
    assert {event["StackName"] for event in events} > {"ml-cluster"}, "nested stacks are among them"
    assert len(stackgen("events", "ml-cluster", *REGION, "--limit", "3").out.splitlines()) == 3
    assert stackgen("events", "ml-cluster", *REGION, "--failed", "--output", "json").json() == []


def test_outputs(stackgen, aws, stack):
    outputs = stackgen("outputs", "ml-cluster", *REGION, "--output", "json").json()
    (found,) = aws.client("cloudformation").describe_stacks(StackName="ml-cluster")["Stacks"]
    assert outputs == {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}
    one = stackgen("outputs", "ml-cluster", *REGION, "--key", "EksClusterName")
    assert one.out == "ml-cluster-eks\n"
    assert "EksClusterName" in stackgen("outputs", "ml-cluster", *REGION, "--key", "Eks", expect=4).err


def test_diff(stackgen, talk, stack):
    assert "no differences" in stackgen("diff", "talk").out
    assert "no differences" in stackgen("diff", "talk", "--offline").out
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5", "stack.termination_protection=true")
    for where in ([], ["--offline"]):
        report = stackgen("diff", "talk", *where, "--output", "json", expect=3).json()
        changed = [change for module in report["changes"]["modules"] for change in module["changes"]]
        assert [change["logical_id"] for change in changed] == ["HyperPodCluster"]
        (cause,) = changed[0]["causes"]
        assert (cause["property"], cause["before"], cause["after"]) == ("InstanceGroups.0.InstanceCount", "4", "5")
        assert report["settings"] == ["stack.termination_protection"]


def test_offline_diff_asks_nobody(stackgen, talk, stack):
    assert "no differences" in stackgen("diff", "talk", "--offline", AWS_ENDPOINT_URL="http://127.0.0.1:9").out


def test_drift(stackgen, aws, talk, stack):
    report = stackgen("drift", "ml-cluster", *REGION, "--output", "json").json()
    assert report["status"] == "IN_SYNC"
    assert report["checked_count"] > 0
    ec2 = aws.client("ec2")
    (vpc,) = [vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"] if not vpc.get("IsDefault")]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": False})
    run = stackgen("drift", "ml-cluster", *REGION, "--output", "json", expect=3)
    drifted = {r["LogicalResourceId"]: r for module in run.json()["modules"] for r in module["resources"]}
    assert drifted["Vpc"]["StackResourceDriftStatus"] == "MODIFIED"
    assert [d["PropertyPath"] for d in drifted["Vpc"]["PropertyDifferences"]] == ["/EnableDnsHostnames"]
    assert "drift" in stackgen("diff", "talk", "--drift", expect=3).out


def test_cancel_needs_something_to_cancel(stackgen, stack):
    run = stackgen("cancel", "ml-cluster", *REGION, expect=4)
    assert "no update under way" in run.err


def test_kubeconfig_and_context(stackgen, aws, stack, tmp_path):
    file = tmp_path / "kube" / "config"
    file.parent.mkdir()
    other = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "other", "cluster": {"server": "https://other"}}],
        "users": [{"name": "other", "user": {"token": "1e3"}}],
        "contexts": [{"name": "other", "context": {"cluster": "other", "user": "other"}}],
        "current-context": "other",
        "preferences": {"colors": True},
    }
    file.write_text(yaml.safe_dump(other))
    for _ in range(2):
        stackgen("kubeconfig", "ml-cluster", *REGION, "--kubeconfig", str(file), "--alias", "ml")
    written = yaml.safe_load(file.read_text())
    arn = aws.client("eks").describe_cluster(name="ml-cluster-eks")["cluster"]["arn"]
    assert [cluster["name"] for cluster in written["clusters"]] == ["other", arn]
    assert [context["name"] for context in written["contexts"]] == ["other", "ml"]
    assert written["users"][0] == other["users"][0]
    assert written["preferences"] == other["preferences"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    context = stackgen("get-context", "--kubeconfig", str(file), "--output", "json").json()
    assert (context["context"], context["cluster"], context["region"]) == ("ml", "ml-cluster-eks", "us-east-1")

    plugin = written["users"][1]["user"]["exec"]
    done = subprocess.run(
        [plugin["command"], *plugin["args"]], env=stackgen.environment, capture_output=True, text=True, check=True
    )
    check_token(json.loads(done.stdout), plugin["apiVersion"])


def check_token(credential, version):
    assert credential["kind"] == "ExecCredential"
    assert credential["apiVersion"] == version
    token = credential["status"]["token"]
    assert token.startswith("k8s-aws-v1.")
    encoded = token.removeprefix("k8s-aws-v1.")
    url = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    assert query["Action"] == ["GetCallerIdentity"]
    assert query["X-Amz-SignedHeaders"] == ["host;x-k8s-aws-id"]
    assert query["X-Amz-Expires"] == ["60"]


def test_token_is_signed_as_botocore_signs(stackgen):
    """The same moment and the same credentials give the same address."""
    from botocore.auth import SigV4QueryAuth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    credential = json.loads(stackgen("token", "--cluster-name", "c", *REGION, AWS_ENDPOINT_URL="").out)
    encoded = credential["status"]["token"].removeprefix("k8s-aws-v1.")
    url = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    assert urllib.parse.urlsplit(url).netloc == "sts.us-east-1.amazonaws.com"
    keys = Credentials(
        stackgen.environment["AWS_ACCESS_KEY_ID"],
        stackgen.environment["AWS_SECRET_ACCESS_KEY"],
        stackgen.environment["AWS_SESSION_TOKEN"],
    )
    request = AWSRequest(
        method="GET",
        url="https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15",
        headers={"x-k8s-aws-id": "c"},
    )
    auth = SigV4QueryAuth(keys, "sts", "us-east-1", expires=60)
    request.context["timestamp"] = query["X-Amz-Date"][0]
    auth._modify_request_before_signing(request)
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    assert [signature] == query["X-Amz-Signature"]


def test_list_clusters(stackgen, aws, stack):
    (cluster,) = stackgen("list-clusters", *REGION, "--output", "json").json()
    assert cluster["name"] == "ml-cluster"
    assert cluster["eks_cluster"] == "ml-cluster-eks"
    targets = {entry["type"]: entry["target"] for entry in cluster["instances"]}
    assert targets == {"ml.g5.12xlarge": 4, "ml.t3.2xlarge": 6}
    nodes = aws.client("sagemaker").list_cluster_nodes(ClusterName="ml-cluster")["ClusterNodeSummaries"]
    assert sum(entry["current"] for entry in cluster["instances"]) == len(nodes)
    text = stackgen("list-clusters", *REGION).out
    assert text.splitlines()[0].split() == ["CLUSTER", "STATUS", "INSTANCE", "TYPE", "TARGET", "NODES", "HEALTHY", "OTHERS"]


def test_the_binary_is_the_plugin(offline):
    run = subprocess.run([str(BINARY), "token"], env=offline.environment, capture_output=True, text=True, check=False)
    assert run.returncode == 252
