"""From a stack that is there to what the configuration says now: by way of a change set that is shown first."""

from __future__ import annotations

import json
import signal
import time

import pytest
from conftest import records


def states(record):
    return [state["name"] for state in json.loads((record / "manifest.json").read_text())["states"]]


def changes(report):
    return {change["logical_id"]: change for module in report["modules"] for change in module["changes"]}


def open_change_sets(aws):
    summaries = aws.client("cloudformation").list_change_sets(StackName="ml-cluster")["Summaries"]
    return [summary for summary in summaries if summary["ExecutionStatus"] == "AVAILABLE"]


@pytest.fixture
def stack(stackgen, talk):
    """The talk's stack, made."""
    return stackgen("create", "talk", "--wait", "--output", "json").json()


def test_a_change_is_shown_then_made(stackgen, aws, talk, stack):
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    run = stackgen("update", "talk", "--wait", "--output", "json")
    outcome = run.json()
    assert outcome["status"] == "UPDATE_COMPLETE"
    cluster = changes(outcome["changes"])["HyperPodCluster"]
    assert cluster["action"] == "modify"
    assert "InstanceGroups" in [cause["property"] for cause in cluster["causes"]]
    assert cluster["origin"].startswith("talk/config.yaml:")
    (line,) = [line for line in run.err.splitlines() if "HyperPodCluster  " in line and "~" in line]
    assert "changes in place" in line
    described = aws.client("sagemaker").describe_cluster(ClusterName="ml-cluster")
    counts = {group["InstanceType"]: group["TargetCount"] for group in described["InstanceGroups"]}
    assert counts["ml.g5.12xlarge"] == 5

    _, record = records(talk)
    assert states(record)[:4] == ["recorded", "change-set-created", "reviewed", "submitted"]
    assert states(record)[-1] == "UPDATE_COMPLETE"
    stackgen("verify", str(record))
    sent = aws.client("cloudformation").get_template(StackName=stack["stack_id"])["TemplateBody"]
    assert sent.encode() == (record / "cfn_params.yaml").read_bytes()
    events = [json.loads(line) for line in (record / "events.jsonl").read_text().splitlines()]
    assert events[0]["ResourceStatus"] == "UPDATE_IN_PROGRESS", "only the update's own events"


def test_boto3_sees_the_change_set_as_it_was_shown(stackgen, aws, talk, stack):
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    outcome = stackgen("update", "talk", "--no-execute", "--output", "json", expect=3).json()
    seen = changes(outcome["changes"])
    stackgen("update", "talk", "--output", "json")
    _, _, record = records(talk)
    response = json.loads((record / "response.json").read_text())
    pages = aws.client("cloudformation").get_paginator("describe_change_set")
    listed = {
        change["ResourceChange"]["LogicalResourceId"]
        for page in pages.paginate(ChangeSetName=response["change_set_id"])
        for change in page["Changes"]
    }
    assert listed == set(seen)


def test_nothing_to_change_sends_nothing(stackgen, talk, stack):
    outcome = stackgen("update", "talk", "--output", "json").json()
    assert outcome["is_unchanged"] is True
    assert len(records(talk)) == 1


def test_no_execute_leaves_the_stack_alone(stackgen, aws, talk, stack):
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    run = stackgen("update", "talk", "--no-execute", expect=3)
    assert "HyperPodCluster" in run.err
    cloudformation = aws.client("cloudformation")
    (found,) = cloudformation.describe_stacks(StackName="ml-cluster")["Stacks"]
    assert found["StackStatus"] == "CREATE_COMPLETE"
    assert open_change_sets(aws) == []
    assert states(records(talk)[-1])[-1] == "shown"


def test_what_holds_data_is_replaced_only_with_a_word_for_it(stackgen, aws, talk, stack):
    before = aws.client("fsx").describe_file_systems()["FileSystems"][0]["FileSystemId"]
    key = aws.client("kms").create_key()["KeyMetadata"]["Arn"]
    stackgen("configure", "--folder", "talk", f"fsx.kms_key_id={key}")
    run = stackgen("update", "talk", expect=4)
    assert "RUN013" in run.err
    assert "FileSystem (AWS::FSx::FileSystem) would be replaced" in run.err
    assert "--allow-replacement FileSystem" in run.err
    assert "talk/config.yaml:" in run.err
    assert aws.client("fsx").describe_file_systems()["FileSystems"][0]["FileSystemId"] == before
    assert open_change_sets(aws) == []
    assert states(records(talk)[-1])[-1] == "declined"

    done = stackgen("update", "talk", "--allow-replacement", "FileSystem", "--wait", "--output", "json").json()
    assert done["status"] == "UPDATE_COMPLETE"
    (after,) = aws.client("fsx").describe_file_systems()["FileSystems"]
    assert after["FileSystemId"] != before


def test_a_failed_update_goes_back_and_says_why(stackgen, aws, talk, stack):
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    aws.post("fail", {"logical_id": "HyperPodCluster", "reason": "no capacity in use1-az6", "operation": "update"})
    run = stackgen("update", "talk", "--wait", expect=5)
    assert "UPDATE_ROLLBACK_COMPLETE" in run.err
    assert "HyperPodCluster (AWS::SageMaker::Cluster)" in run.err
    assert "no capacity in use1-az6" in run.err
    again = stackgen("update", "talk", "--wait", "--output", "json").json()
    assert again["status"] == "UPDATE_COMPLETE"


def test_direct_calls(stackgen, aws, talk):
    created = stackgen("create", "talk", "--no-change-set", "--wait", "--output", "json").json()
    (record,) = records(talk)
    assert json.loads((record / "request.json").read_text())["operation"] == "CreateStack"
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    updated = stackgen("update", "talk", "--no-change-set", "--wait", "--output", "json").json()
    assert updated["status"] == "UPDATE_COMPLETE"
    assert updated["stack_id"] == created["stack_id"]
    assert json.loads((records(talk)[-1] / "request.json").read_text())["operation"] == "UpdateStack"


def test_killed_anywhere_and_run_again(stackgen, aws, talk, stack):
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    for step in range(12):
        process = stackgen.popen("update", "talk", "--wait")
        time.sleep(0.05 + 0.05 * step)
        process.send_signal(signal.SIGKILL)
        process.wait()
    stackgen("update", "talk", "--wait")
    described = aws.client("sagemaker").describe_cluster(ClusterName="ml-cluster")
    counts = {group["InstanceType"]: group["TargetCount"] for group in described["InstanceGroups"]}
    assert counts["ml.g5.12xlarge"] == 5
    events = aws.client("cloudformation").describe_stack_events(StackName="ml-cluster")["StackEvents"]
    begun = [
        event
        for event in events
        if event["ResourceStatus"] == "UPDATE_IN_PROGRESS" and event["LogicalResourceId"] == "ml-cluster"
    ]
    assert len(begun) == 1, "the stack was updated once"
    for record in records(talk):
        stackgen("verify", str(record))


def test_resume_from_the_record_alone(stackgen, aws, talk):
    record = cut_off(stackgen, talk)
    (talk / "config.yaml").write_text("not a configuration any more\n")
    outcome = stackgen("resume", f"talk/run/{record.name}", "--wait", "--output", "json").json()
    assert outcome["status"] == "CREATE_COMPLETE"
    assert states(record)[-1] == "CREATE_COMPLETE"
    stackgen("verify", str(record))
    stacks = [s for s in aws.client("cloudformation").describe_stacks()["Stacks"] if "RootId" not in s]
    assert len(stacks) == 1
    # Once more changes nothing.
    assert stackgen("resume", f"talk/run/{record.name}", "--output", "json").json()["stack_id"] == outcome["stack_id"]


def cut_off(stackgen, talk):
    """A record that was written, and nothing sent: the service could not be reached then."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        process = stackgen.popen("create", "talk")
        while not records(talk) and process.poll() is None:
            time.sleep(0.001)
        process.kill()
        process.wait()
        if records(talk):
            return records(talk)[0]
    raise AssertionError("no record was written")


def test_resume_refuses_what_is_no_open_run(stackgen, talk, stack):
    stackgen("resume", "nothing-of-that-name", expect=252)
    stackgen("create", "talk", "--dry-run")
    assert "dry run" in stackgen("resume", str(records(talk)[-1]), expect=4).err
    record = records(talk)[0]
    (record / "cfn_params.yaml").write_text("Resources: {}\n")
    assert "not as it was written" in stackgen("resume", str(record), expect=4).err


def test_states_in_which_nothing_can_be_updated(stackgen, aws, talk):
    assert "stackgen create" in stackgen("update", "talk", expect=4).err
    aws.post("fail", {"logical_id": "Vpc", "reason": "no"})
    stackgen("create", "talk", "--wait", expect=5)
    run = stackgen("update", "talk", expect=4)
    assert "ROLLBACK_COMPLETE" in run.err
    assert "stackgen delete ml-cluster" in run.err


def test_another_account_is_told_before_anything_is_sent(stackgen, aws, talk, stack):
    record = records(talk)[0]
    run = stackgen("update", "talk", "--account", "999999999999", expect=4)
    assert "RUN012" in run.err
    stackgen("update", "talk", "--account", "123456789012")
    request = json.loads((record / "request.json").read_text())
    request["account"] = "999999999999"
    (record / "request.json").write_text(json.dumps(request))
    run = stackgen("update", "talk", expect=4)
    assert "went to account 999999999999" in run.err
    assert "--account 123456789012" in run.err


def test_termination_protection_follows_the_configuration(stackgen, aws, talk, stack):
    config = talk / "config.yaml"
    config.write_text(config.read_text() + "\nstack:\n  termination_protection: true\n")
    stackgen("update", "talk", "--wait")
    (found,) = aws.client("cloudformation").describe_stacks(StackName="ml-cluster")["Stacks"]
    assert found["EnableTerminationProtection"] is True
