"""Preflight before an update: what the stack has already is in nobody's way, and only what is added is counted."""

from __future__ import annotations

import json

import pytest
import scripted_aws
from conftest import Stackgen, records
from scripted_aws import answer, xml, xml_error

GPU_QUOTA = {"service": "sagemaker", "quota": "ml.g5.12xlarge for cluster usage"}
USER = "arn:aws:iam::123456789012:user/builder"


@pytest.fixture
def stack(stackgen, talk):
    """The talk's stack, made; it has 4 nodes of ml.g5.12xlarge and 6 of ml.t3.2xlarge."""
    return stackgen("create", "talk", "--wait", "--output", "json").json()


def configure(stackgen, *changes):
    stackgen("configure", "--folder", "talk", *changes)


def change_sets(aws):
    return aws.client("cloudformation").list_change_sets(StackName="ml-cluster")["Summaries"]


def test_what_the_stack_made_is_no_conflict(stackgen, aws, stack):
    report = stackgen("preflight", "talk", "--output", "json").json()
    assert report["passed"] is True and report["updated_stack"] == "ml-cluster"
    assert report["diagnostics"] == []
    text = stackgen("preflight", "talk").out
    assert "update of" in text and "only what it adds is counted" in text


def test_the_same_names_for_another_stack_are_conflicts(stackgen, aws, talk, stack):
    configure(stackgen, "stack.name=another")
    run = stackgen("create", "talk", expect=4)
    assert "there is an EKS cluster `ml-cluster-eks` in us-east-1 already" in run.err
    assert "eks.existing_cluster: ml-cluster-eks" in run.err
    assert "there is a HyperPod cluster `ml-cluster` in us-east-1 already" in run.err
    (bucket,) = [b["Name"] for b in aws.client("s3").list_buckets()["Buckets"] if b["Name"].startswith("sagemaker-ml-cluster")]
    assert f"there is a bucket `{bucket}` in us-east-1 already" in run.err
    assert run.err.count("PRE021") == 3
    names = [s["StackName"] for s in aws.client("cloudformation").list_stacks()["StackSummaries"]]
    assert "another" not in names, "nothing was sent"


def test_nodes_beyond_the_quota(stackgen, aws, talk, stack):
    aws.post("quota", GPU_QUOTA | {"value": 4})
    # What does not add nodes of the type passes, although need and use together are more than the quota.
    configure(stackgen, "instance_groups[1].count=7")
    assert stackgen("update", "talk", "--wait", "--output", "json").json()["status"] == "UPDATE_COMPLETE"
    configure(stackgen, "instance_groups[0].count=5")
    before = len(change_sets(aws))
    run = stackgen("update", "talk", expect=4)
    words = "is 4, 4 are in use, 4 of them by this stack, and 1 more is needed"
    assert words in run.err and "PRE005" in run.err
    assert "instance_type: ml.g5.12xlarge" in run.err and "--desired-value 5" in run.err
    assert "--no-preflight" in run.err
    assert len(change_sets(aws)) == before and len(records(talk)) == 2, "nothing was recorded or sent"
    assert words in stackgen("preflight", "talk", expect=4).err
    stackgen("update", "talk", "--no-execute", "--no-preflight", expect=3)
    aws.post("quota", GPU_QUOTA | {"value": 5})
    assert stackgen("update", "talk", "--wait", "--output", "json").json()["status"] == "UPDATE_COMPLETE"


def test_what_one_group_loses_another_takes(stackgen, aws, talk, stack):
    aws.post("quota", GPU_QUOTA | {"value": 4})
    group = {"name": "more-gpus", "instance_type": "ml.g5.12xlarge", "count": 2, "availability_zone": "use1-az6"}
    configure(stackgen, "instance_groups[0].count=2", f"instance_groups+={json.dumps(group)}")
    assert stackgen("preflight", "talk", "--output", "json").json()["passed"] is True
    configure(stackgen, "instance_groups[0].count=3")
    assert "and 1 more is needed" in stackgen("preflight", "talk", expect=4).err


def test_nodes_of_other_clusters_count(stackgen, aws, talk, stack):
    """Two clusters at a quota of 6: this one has 4, the other 1, so one more fits and two do not."""
    cluster = aws.client("sagemaker").describe_cluster(ClusterName="ml-cluster")
    group = {
        "InstanceGroupName": "g", "InstanceType": "ml.g5.12xlarge", "InstanceCount": 1,
        "ExecutionRole": cluster["InstanceGroups"][0]["ExecutionRole"],
        "LifeCycleConfig": cluster["InstanceGroups"][0]["LifeCycleConfig"],
    }
    aws.client("sagemaker").create_cluster(ClusterName="other", InstanceGroups=[group])
    aws.post("quota", GPU_QUOTA | {"value": 6})
    configure(stackgen, "instance_groups[0].count=5")
    assert stackgen("preflight", "talk", "--output", "json").json()["passed"] is True
    configure(stackgen, "instance_groups[0].count=6")
    assert "is 6, 5 are in use, 4 of them by this stack, and 2 more are needed" in stackgen("preflight", "talk", expect=4).err


def test_network_quotas_count_what_is_added(stackgen, aws, talk, stack):
    ec2 = aws.client("ec2")
    vpcs, addresses = len(ec2.describe_vpcs()["Vpcs"]), len(ec2.describe_addresses()["Addresses"])
    aws.post("quota", {"service": "vpc", "quota": "L-F678F1CE", "value": vpcs})
    aws.post("quota", {"service": "ec2", "quota": "L-0263D0A3", "value": addresses})
    configure(stackgen, "instance_groups[0].count=5")
    assert stackgen("preflight", "talk", "--output", "json").json()["passed"] is True
    configure(stackgen, "vpc.nat_gateways=per_zone")
    run = stackgen("preflight", "talk", expect=4)
    assert f"is {addresses}, {addresses} are in use, and 1 is needed" in run.err and "PRE006" in run.err
    assert "VPCs" not in run.err
    # A new stack of the same configuration needs all of it.
    configure(stackgen, "stack.name=another")
    assert "VPCs per Region` is" in stackgen("preflight", "talk", expect=4).err


@pytest.fixture
def scripted(aws, stackgen):
    """The local AWS with a user whose permissions are simulated, and handlers in its registry."""
    scripted, server = scripted_aws.serve(aws.endpoint)
    scripted.on("GetCallerIdentity", xml("GetCallerIdentity", f"<Account>123456789012</Account><Arn>{USER}</Arn><UserId>A</UserId>"))

    def described(form):
        resource = form["TypeName"].split("::")[-1]
        service = form["TypeName"].split("::")[1].lower()
        handlers = {verb.lower(): {"permissions": [f"{service}:{verb}{resource}"]} for verb in ("Create", "Update", "Delete")}
        return xml("DescribeType", f"<TypeName>{form['TypeName']}</TypeName><Schema>{json.dumps({'handlers': handlers})}</Schema>")

    scripted.on("DescribeType", described)
    scripted.simulated = set()

    def simulate(form):
        actions = [value for key, value in form.items() if key.startswith("ActionNames.member.")]
        scripted.simulated |= set(actions)
        members = "".join(f"<member><EvalActionName>{a}</EvalActionName><EvalDecision>allowed</EvalDecision></member>" for a in actions)
        return xml("SimulatePrincipalPolicy", f"<EvaluationResults>{members}</EvaluationResults><IsTruncated>false</IsTruncated>")

    scripted.on("SimulatePrincipalPolicy", simulate)
    scripted.stackgen = Stackgen(stackgen.folder, stackgen.environment | {"AWS_ENDPOINT_URL": scripted.endpoint})
    yield scripted
    server.shutdown()


def test_only_what_the_update_does_has_to_be_permitted(stackgen, aws, talk, stack, scripted):
    configure(stackgen, "instance_groups[0].count=5")
    scripted.stackgen("preflight", "talk")
    assert {"cloudformation:UpdateStack", "sagemaker:UpdateCluster"} <= scripted.simulated
    others = {a for a in scripted.simulated if not a.startswith("cloudformation:")} - {"sagemaker:UpdateCluster"}
    assert others == set(), "nothing else changes"
    scripted.simulated.clear()
    configure(stackgen, "vpc.nat_gateways=per_zone")
    scripted.stackgen("preflight", "talk")
    assert {"ec2:CreateNatGateway", "ec2:CreateEIP"} <= scripted.simulated
    assert "ec2:CreateVPC" not in scripted.simulated


def test_a_stack_that_may_not_be_looked_into(stackgen, aws, talk, stack, scripted):
    aws.post("quota", GPU_QUOTA | {"value": 1})
    scripted.on("ListStackResources", xml_error("AccessDenied"))
    report = scripted.stackgen("preflight", "talk", "--output", "json").json()
    assert report["passed"] is True
    (note,) = [d for d in report["diagnostics"] if "what the stack `ml-cluster` has already was not checked" in d["message"]]
    assert (note["id"], note["severity"]) == ("PRE020", "note")


def test_a_cluster_that_may_not_be_asked_is_taken_from_its_template(stackgen, aws, talk, stack, scripted):
    """A caller without DescribeCluster: the addresses and interfaces of the nodes that run are not counted again."""
    scripted.on("DescribeCluster", (400, "application/x-amz-json-1.1", json.dumps({"__type": "AccessDeniedException", "message": "no"})))
    nodes = 4 + 6
    scripted.on(
        "GetServiceQuota",
        lambda r: answer({"Quota": {"QuotaCode": r["QuotaCode"], "QuotaName": "interfaces", "Value": float(nodes), "Adjustable": True}})
        if r["QuotaCode"] == "L-DF5E4CA3"
        else None,
    )
    interfaces = "<item><networkInterfaceId>eni-1</networkInterfaceId></item>" * nodes
    scripted.on(
        "DescribeNetworkInterfaces",
        (200, "text/xml", f"<DescribeNetworkInterfacesResponse><networkInterfaceSet>{interfaces}</networkInterfaceSet></DescribeNetworkInterfacesResponse>"),
    )
    assert scripted.stackgen("preflight", "talk", "--output", "json").json()["passed"] is True
    configure(stackgen, "instance_groups[1].count=7")
    run = scripted.stackgen("preflight", "talk", expect=4)
    assert f"the quota `interfaces` is {nodes}, {nodes} are in use, and 1 is needed" in run.err
