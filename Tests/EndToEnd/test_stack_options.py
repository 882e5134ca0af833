"""Options of the stack itself: policy, alarms, topics, role, protection, failure, time limit."""

from __future__ import annotations

import json

import pytest

ALARM = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:gpu-errors"
TOPIC = "arn:aws:sns:us-east-1:123456789012:stack-events"
ROLE = "arn:aws:iam::123456789012:role/deploy"
OPTIONS = f"""stack:
  termination_protection: true
  on_failure: DELETE
  notification_arns: [{TOPIC}]
  role_arn: {ROLE}
  rollback_alarms: [{ALARM}]
  rollback_monitoring_minutes: 15
  policy:
    - deny: [Replace, Delete]
      resource_types: [AWS::FSx::*]
    - deny: [Modify, Replace, Delete]
      resources: [EksCluster]
"""


def configure(stackgen, text):
    path = stackgen.folder / "talk" / "config.yaml"
    path.write_text(path.read_text() + text)


def policy_of(aws):
    body = aws.client("cloudformation").get_stack_policy(StackName="ml-cluster").get("StackPolicyBody")
    return body and json.loads(body)["Statement"]


def stack_of(aws):
    (stack,) = aws.client("cloudformation").describe_stacks(StackName="ml-cluster")["Stacks"]
    return stack


DENIALS = [
    {"Effect": "Allow", "Action": ["Update:*"], "Principal": "*", "Resource": ["*"]},
    {
        "Effect": "Deny",
        "Action": ["Update:Replace", "Update:Delete"],
        "Principal": "*",
        "Resource": ["*"],
        "Condition": {"StringLike": {"ResourceType": ["AWS::FSx::*"]}},
    },
    {
        "Effect": "Deny",
        "Action": ["Update:Modify", "Update:Replace", "Update:Delete"],
        "Principal": "*",
        "Resource": ["LogicalResourceId/EksCluster"],
    },
]


@pytest.mark.parametrize("way", [[], ["--no-change-set"]], ids=["change-set", "direct"])
def test_every_option_reaches_the_stack(stackgen, aws, talk, way):
    configure(stackgen, OPTIONS)
    record = stackgen("create", "talk", "--wait", "--no-preflight", *way, "--output", "json").json()["record"]
    stack = stack_of(aws)
    assert stack["EnableTerminationProtection"] is True
    assert stack["NotificationARNs"] == [TOPIC]
    assert stack["RoleARN"] == ROLE
    assert stack["RollbackConfiguration"]["RollbackTriggers"] == [{"Arn": ALARM, "Type": "AWS::CloudWatch::Alarm"}]
    assert stack["RollbackConfiguration"]["MonitoringTimeInMinutes"] == 15
    assert policy_of(aws) == DENIALS
    with open(f"{record}/request.json", encoding="utf-8") as file:
        recorded = json.load(file)
    assert json.loads(recorded["stack_policy"])["Statement"] == DENIALS
    assert recorded["rollback"] == {"alarm_arns": [ALARM], "monitoring_minutes": 15}
    assert recorded["on_failure"] == "DELETE"
    assert "no differences" in stackgen("diff", "talk").out
    assert "no differences" in stackgen("diff", "talk", "--offline").out
    # The same again asks for nothing.
    assert stackgen("create", "talk", "--no-preflight", "--output", "json").json()["stack_id"] == stack["StackId"]


def test_options_follow_the_configuration(stackgen, aws, talk):
    stackgen("create", "talk", "--wait", "--no-preflight")
    assert policy_of(aws) is None
    configure(stackgen, OPTIONS.replace(f"  role_arn: {ROLE}\n", ""))
    report = stackgen("diff", "talk", "--output", "json", expect=3).json()
    assert report["settings"] == [
        "stack.termination_protection",
        "stack.notification_arns",
        "stack.rollback_alarms",
        "stack.rollback_monitoring_minutes",
        "stack.policy",
    ]
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    stackgen("update", "talk", "--wait", "--yes")
    assert policy_of(aws) == DENIALS
    assert stack_of(aws)["RollbackConfiguration"]["MonitoringTimeInMinutes"] == 15
    assert "no differences" in stackgen("diff", "talk").out
    # Alarms and topics that the configuration does not name any more are taken away; a policy stays.
    path = stackgen.folder / "talk" / "config.yaml"
    path.write_text(path.read_text().replace(OPTIONS.replace(f"  role_arn: {ROLE}\n", ""), ""))
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=4")
    stackgen("update", "talk", "--wait", "--yes")
    stack = stack_of(aws)
    assert stack["NotificationARNs"] == [] and not stack["RollbackConfiguration"].get("RollbackTriggers")
    assert stack["EnableTerminationProtection"] is False
    assert policy_of(aws) == DENIALS


def test_options_alone_are_an_update(stackgen, aws, talk):
    stackgen("create", "talk", "--wait", "--no-preflight")
    configure(stackgen, OPTIONS.replace(f"  role_arn: {ROLE}\n", ""))
    stackgen("update", "talk", "--wait", "--yes")
    assert stack_of(aws)["RollbackConfiguration"]["MonitoringTimeInMinutes"] == 15
    assert policy_of(aws) == DENIALS
    assert "no differences" in stackgen("diff", "talk").out


def test_the_policy_of_the_stack_stops_an_update(stackgen, aws, talk):
    configure(stackgen, "stack:\n  policy:\n    - {deny: [Modify], resources: [HyperPodCluster]}\n")
    stackgen("create", "talk", "--wait", "--no-preflight")
    stackgen("configure", "--folder", "talk", "instance_groups[0].count=5")
    run = stackgen("update", "talk", "--wait", "--yes", expect=5)
    assert "stack policy" in run.err


def test_what_is_no_option(stackgen, talk):
    configure(
        stackgen,
        "stack:\n  rollback_alarms: [arn:aws:sns:us-east-1:123456789012:x]\n  rollback_monitoring_minutes: 181\n"
        "  policy:\n    - {resources: [a-b], resource_types: [FSx]}\n    - {deny: [Explode]}\n",
    )
    run = stackgen("validate", "talk", expect=2)
    for words in ("the ARN of a CloudWatch alarm", "180", "a logical id", "a resource type", "deny", "Explode"):
        assert words in run.out + run.err
