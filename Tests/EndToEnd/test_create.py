"""From config.yaml to a stack: the talk's cluster, seen through boto3 and the aws CLI."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, records


def test_talk_from_init_to_delete(stackgen, aws, talk):
    stackgen("configure", "--folder", "talk", "eks.version=1.33")
    stackgen("validate", "talk")
    created = stackgen("create", "talk", "--wait", "--output", "json").json()
    assert created["status"] == "CREATE_COMPLETE"
    (record,) = records(talk)
    assert Path(created["record"]).samefile(record)

    check_resources(aws)
    check_record(record, created, aws)
    stackgen("verify", str(record))

    listed = stackgen("list", "--region", "us-east-1", "--output", "json").json()
    assert [stack["name"] for stack in listed] == [created["stack_name"]]
    described = stackgen("describe", created["stack_name"], "--region", "us-east-1", "--output", "json").json()
    assert described["summary"]["status"] == "CREATE_COMPLETE"
    assert {output["key"]: output["value"] for output in described["outputs"]} == created["outputs"]

    stackgen("delete", created["stack_name"], "--region", "us-east-1", "--yes", "--wait")
    assert stackgen("list", "--region", "us-east-1", "--output", "json").json() == []
    assert aws.client("eks").list_clusters()["clusters"] == []
    assert aws.client("fsx").describe_file_systems()["FileSystems"] == []


def check_resources(aws):
    sagemaker = aws.client("sagemaker")
    (summary,) = sagemaker.list_clusters()["ClusterSummaries"]
    cluster = sagemaker.describe_cluster(ClusterName=summary["ClusterName"])
    groups = {group["InstanceGroupName"]: group for group in cluster["InstanceGroups"]}
    types = {name: (group["InstanceType"], group.get("TargetCount")) for name, group in groups.items()}
    assert sorted(types.values()) == [("ml.g5.12xlarge", 4), ("ml.t3.2xlarge", 6)]

    (name,) = aws.client("eks").list_clusters()["clusters"]
    eks = aws.client("eks").describe_cluster(name=name)["cluster"]
    assert eks["version"] == "1.33"
    addons = aws.client("eks").list_addons(clusterName=name)["addons"]
    assert {"vpc-cni", "coredns", "kube-proxy", "amazon-sagemaker-hyperpod-taskgovernance"} <= set(addons)

    (file_system,) = aws.client("fsx").describe_file_systems()["FileSystems"]
    assert file_system["StorageCapacity"] == 1200
    assert file_system["LustreConfiguration"]["DeploymentType"] == "PERSISTENT_2"
    associations = aws.client("fsx").describe_data_repository_associations()["Associations"]
    assert [item["FileSystemPath"] for item in associations] == ["/data"]

    vpcs = [vpc for vpc in aws.client("ec2").describe_vpcs()["Vpcs"] if not vpc.get("IsDefault")]
    assert [vpc["CidrBlock"] for vpc in vpcs] == ["10.192.0.0/16"]
    quotas = sagemaker.list_compute_quotas()["ComputeQuotaSummaries"]
    assert sorted(quota["ComputeQuotaTarget"]["TeamName"] for quota in quotas) == ["team-a", "team-b"]


def check_record(record: Path, created: dict, aws):
    names = {file.name for file in record.iterdir()}
    assert names == {
        "config.yaml",
        "cfn_params.jinja",
        "cfn_params.yaml",
        "request.json",
        "response.json",
        "change_set.json",
        "execution.json",
        "events.jsonl",
        "manifest.json",
    }
    recorded = (record / "cfn_params.yaml").read_bytes()
    sent = aws.client("cloudformation").get_template(StackName=created["stack_id"])["TemplateBody"]
    assert sent.encode() == recorded
    manifest = json.loads((record / "manifest.json").read_text())
    for name, entry in manifest["files"].items():
        assert hashlib.sha256((record / name).read_bytes()).hexdigest() == entry["sha256"], name
    assert manifest["states"][0]["name"] == "recorded"
    assert manifest["states"][-1]["name"] == "CREATE_COMPLETE"
    assert json.loads((record / "response.json").read_text())["stack_id"] == created["stack_id"]
    request = json.loads((record / "request.json").read_text())
    tags = {tag["key"]: tag["value"] for tag in request["tags"]}
    assert tags["stackgen:kind"] == "cluster-stack"
    assert tags["stackgen:config-sha256"] == hashlib.sha256((record / "config.yaml").read_bytes()).hexdigest()
    (stack,) = aws.client("cloudformation").describe_stacks(StackName=created["stack_id"])["Stacks"]
    assert {tag["Key"]: tag["Value"] for tag in stack["Tags"]} == tags
    events = [json.loads(line) for line in (record / "events.jsonl").read_text().splitlines()]
    statuses = [event["ResourceStatus"] for event in events[:2]]
    assert statuses == ["REVIEW_IN_PROGRESS", "CREATE_IN_PROGRESS"]
    assert events[-1]["ResourceStatus"] == "CREATE_COMPLETE"
    assert len({event["EventId"] for event in events}) == len(events)


def test_aws_cli_sees_the_same(stackgen, aws, talk):
    stackgen("create", "talk", "--wait")
    for arguments, expected in [
        (["sagemaker", "list-clusters"], "ml-cluster"),
        (["eks", "list-clusters"], "ml-cluster-eks"),
        (["fsx", "describe-file-systems"], "PERSISTENT_2"),
        (["ec2", "describe-vpcs"], "10.192.0.0/16"),
    ]:
        done = subprocess.run(
            [sys.executable, "-m", "awscli", "--region", "us-east-1", *arguments],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(stackgen.folder),
                "AWS_ENDPOINT_URL": aws.endpoint,
                "AWS_ACCESS_KEY_ID": "local",
                "AWS_SECRET_ACCESS_KEY": "local",
            },
            capture_output=True,
            text=True,
            check=True,
        )
        assert expected in done.stdout


def test_second_create_makes_no_second_stack(stackgen, aws, talk):
    first = stackgen("create", "talk", "--wait", "--output", "json").json()
    again = stackgen("create", "talk", "--wait", "--output", "json").json()
    assert again["stack_id"] == first["stack_id"]
    assert len(records(talk)) == 1
    assert len(aws.client("cloudformation").describe_stacks()["Stacks"]) == 1 + nested_stacks(aws)


def nested_stacks(aws) -> int:
    stacks = aws.client("cloudformation").describe_stacks()["Stacks"]
    return sum("RootId" in stack for stack in stacks)


def test_another_configuration_of_the_same_name_is_refused(stackgen, talk):
    stackgen("create", "talk", "--wait")
    stackgen("configure", "--folder", "talk", "instance_groups[0].ebs_volume_gib=600")
    run = stackgen("create", "talk", expect=4)
    assert "RUN006" in run.err
    assert len(records(talk)) == 1


def test_failure_names_the_first_cause(stackgen, aws, talk):
    aws.post("fail", {"logical_id": "FileSystem", "reason": "The security group does not permit Lustre LNET traffic"})
    run = stackgen("create", "talk", "--wait", expect=5)
    assert "does not permit Lustre LNET traffic" in run.err
    assert "ROLLBACK_COMPLETE" in run.err
    (record,) = records(talk)
    manifest = json.loads((record / "manifest.json").read_text())
    assert manifest["states"][-1]["name"] == "ROLLBACK_COMPLETE"
    blocked = stackgen("create", "talk", expect=4)
    assert "stackgen delete" in blocked.err
    stackgen("delete", "ml-cluster", "--region", "us-east-1", "--yes", "--wait")
    stackgen("create", "talk", "--wait")


def test_dry_run_stays_off_the_network(offline):
    offline("init", "cluster-stack", "c", "--region", "eu-central-1", "--name", "trial")
    outcome = offline("create", "c", "--dry-run", "--output", "json").json()
    assert outcome["stack_name"] == "trial"
    (record,) = records(offline.folder / "c")
    assert {file.name for file in record.iterdir()} == {
        "config.yaml",
        "cfn_params.jinja",
        "cfn_params.yaml",
        "request.json",
        "manifest.json",
    }
    run = offline("create", "c", expect=None)
    assert run.status != 0
    assert len(records(offline.folder / "c")) == 1, "nothing is recorded before the caller is known"


def test_two_checkouts_give_the_same_bytes(offline):
    for name in ("one", "two"):
        offline("init", "cluster-stack", name, "--example", "talk")
        offline("create", name, "--dry-run")
    (one,), (two,) = records(offline.folder / "one"), records(offline.folder / "two")
    assert (one / "cfn_params.yaml").read_bytes() == (two / "cfn_params.yaml").read_bytes()


def test_a_long_template_travels_through_a_bucket(stackgen, aws, talk):
    groups = "".join(
        f"  - {{name: extra-{index}, instance_type: ml.t3.2xlarge, count: 0, labels: {{purpose: batch-{index}}}}}\n"
        for index in range(80)
    )
    config = talk / "config.yaml"
    text = config.read_text()
    position = text.index("instance_groups:\n") + len("instance_groups:\n")
    config.write_text(text[:position] + groups + text[position:])
    refused = stackgen("create", "talk", expect=4)
    assert "RUN008" in refused.err
    assert not (talk / "run").exists()
    created = stackgen("create", "talk", "--yes", "--wait", "--output", "json").json()
    assert created["status"] == "CREATE_COMPLETE"
    (record,) = records(talk)
    upload = json.loads((record / "upload.json").read_text())
    recorded = (record / "cfn_params.yaml").read_bytes()
    assert upload["sha256"] == hashlib.sha256(recorded).hexdigest()
    stored = aws.client("s3").get_object(Bucket=upload["bucket"], Key=upload["key"], VersionId=upload["version_id"])
    assert stored["Body"].read() == recorded
    assert stored["ServerSideEncryption"]
    sent = aws.client("cloudformation").get_template(StackName=created["stack_id"])["TemplateBody"]
    assert sent.encode() == recorded
