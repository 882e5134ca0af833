"""Rules that judge what a service answers: for each of them folders that break it, with the exact text, and that do not.

`rule_examples/<ID>/fail*` and `pass*` hold a project and `case.yaml`:

    command: [governance, apply, ., --plan]   what is run in the folder
    status: 4                                 its exit status, 0 without
    cluster: {version: "1.29"}                the cluster that is there: `version`, `orchestrator`; `none` for no cluster
    given: [[eks, create_addon, {...}]]       calls made before, $CLUSTER and $EKS being the ARNs
    fail: {operation: ..., logical_id: ...}   what the local AWS is to fail at, made before the calls
    answers: {DescribeCluster: {...}}         answered in the place of the local AWS; with `code` an error, of a list
                                              one after the other
    kubectl: kueue                            kubectl works for the cluster, which has a Kueue of its own or `none`

`expected.txt` is what the program says to standard error. STACKGEN_RECORD=1 writes it, and still fails.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
import scripted_aws
import yaml
from conftest import ROOT, Stackgen

EXAMPLES = Path(__file__).parent / "rule_examples"
CASES = sorted(path.parent for path in EXAMPLES.glob("*/*/case.yaml"))
KUBECTL = Path(__file__).parent / "kubectl"
ROLE = {"Version": "2012-10-17", "Statement": []}


@pytest.fixture
def scripted(aws):
    """The local AWS behind answers from a script."""
    script, server = scripted_aws.serve(aws.endpoint)
    yield script
    server.shutdown()


def make_cluster(aws, version: str = "1.33", orchestrator: str = "eks", name: str = "ml-cluster") -> dict[str, str]:
    """A HyperPod cluster with two machines, made by calls alone; the ARNs of it and of its EKS cluster."""
    ec2, eks = aws.client("ec2"), aws.client("eks")
    role = aws.client("iam").create_role(RoleName=f"{name}-role", AssumeRolePolicyDocument=json.dumps(ROLE))
    role_arn = role["Role"]["Arn"]
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"us-east-1{letter}")
        for number, letter in enumerate("ab")
    ]
    ids = [subnet["Subnet"]["SubnetId"] for subnet in subnets]
    eks_arn = eks.create_cluster(
        name=f"{name}-eks",
        version=version,
        roleArn=role_arn,
        resourcesVpcConfig={"subnetIds": ids},
        accessConfig={"authenticationMode": "API_AND_CONFIG_MAP"},
    )["cluster"]["arn"]
    group = {
        "InstanceGroupName": "workers",
        "InstanceType": "ml.g5.12xlarge",
        "InstanceCount": 2,
        "ExecutionRole": role_arn,
        "LifeCycleConfig": {"SourceS3Uri": "s3://scripts/", "OnCreate": "on_create.sh"},
    }
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="scripts")
    s3.put_object(Bucket="scripts", Key="on_create.sh", Body=b"#!/bin/sh\n")
    network = {"SecurityGroupIds": [ec2.create_security_group(GroupName=name, Description="x", VpcId=vpc)["GroupId"]]}
    settings = {"Orchestrator": {"Eks": {"ClusterArn": eks_arn}}} if orchestrator == "eks" else {}
    cluster = aws.client("sagemaker").create_cluster(
        ClusterName=name, InstanceGroups=[group], VpcConfig={**network, "Subnets": ids}, **settings
    )
    return {"$CLUSTER": cluster["ClusterArn"], "$EKS": eks_arn}


def filled(value, names: dict[str, str]):
    """The value with names replaced."""
    text = json.dumps(value)
    for name, replacement in names.items():
        text = text.replace(name, replacement)
    return json.loads(text)


def prepare(aws, scripted, case: dict) -> dict[str, str]:
    """Bring the world into the state that a case begins in; the variables that the program gets."""
    settings = case.get("cluster") or {}
    names = {} if settings == "none" else make_cluster(aws, **settings)
    if "fail" in case:
        aws.post("fail", case["fail"])
    for service, operation, arguments in case.get("given", []):
        getattr(aws.client(service), operation)(**filled(arguments, names))
    for operation, replies in case.get("answers", {}).items():
        replies = filled(replies if isinstance(replies, list) else [replies], names)
        scripted.on(operation, lambda _, left=[reply_of(reply) for reply in replies]: left.pop(0) if len(left) > 1 else left[0])
    if "kubectl" not in case:
        return {}
    endpoint = aws.client("eks").describe_cluster(name="ml-cluster-eks")["cluster"]["endpoint"]
    kueue = {"KUBECTL_KUEUE": "1"} if case["kubectl"] == "kueue" else {}
    return {"PATH": f"{KUBECTL}:{os.environ['PATH']}", "KUBECTL_SERVER": endpoint} | kueue


def reply_of(reply: dict) -> scripted_aws.Answer:
    """An answer, or with `code` an error."""
    code = reply.pop("code", None)
    return scripted_aws.error(code, **reply) if code else scripted_aws.answer(reply)


def said(text: str, folder: Path) -> str:
    """What was said without what differs from run to run."""
    text = text.replace(str(folder), "FOLDER")
    text = re.sub(r"\b[0-9]{8}T[0-9]{6}Z-[0-9a-f]+", "RECORD", text)
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_example(aws, scripted, environment, tmp_path, folder):
    case = yaml.safe_load((folder / "case.yaml").read_text())
    project = tmp_path / "project"
    shutil.copytree(folder, project, ignore=shutil.ignore_patterns("case.yaml", "expected.txt"))
    variables = prepare(aws, scripted, case)
    stackgen = Stackgen(project, environment | {"AWS_ENDPOINT_URL": scripted.endpoint})
    run = stackgen(*case["command"], expect=None, **variables)
    text = said(run.err, project)
    assert run.status == case.get("status", 0), run.out + run.err
    rule = folder.parent.name
    if folder.name.startswith("pass"):
        assert not re.search(rf"\[{rule}\]", text), text
        assert not re.search(r"^error", text, re.MULTILINE), text
        return
    assert re.search(rf"^(error|warning)\[{rule}\]", text, re.MULTILINE), text
    expected = folder / "expected.txt"
    if os.environ.get("STACKGEN_RECORD"):
        expected.write_text(text)
        pytest.fail("recorded")
    assert text == expected.read_text()


def test_every_rule_has_both():
    """Those of governance and of hosted stacks that no configuration alone can break."""
    reference = (ROOT / "docs" / "reference" / "rules.md").read_text()
    known = {rule for rule in re.findall(r"\bGOV0(?:5[1-9]|6[0-9])\b", reference)} | {"HOST034"}
    assert len(known) > 10
    for kind in ("fail", "pass"):
        assert {path.parent.name for path in CASES if path.name.startswith(kind)} == known


def test_every_text_has_a_case():
    texts = {path.parent for path in EXAMPLES.rglob("expected.txt")}
    assert texts == {path for path in CASES if path.name.startswith("fail")}
