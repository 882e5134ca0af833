"""The command `scripts/local-aws`, and stacks that take time."""

from __future__ import annotations

import subprocess
import time
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from conftest import LocalAWS, free_port


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., LocalAWS]]:
    """Return a function that starts a local AWS of its own with the given environment."""
    started: list[LocalAWS] = []

    def make(**environment: str) -> LocalAWS:
        running = LocalAWS(free_port(), tmp_path)
        answer = running.command("start", **environment)
        assert answer.returncode == 0, answer.stderr
        assert f"export AWS_ENDPOINT_URL={running.endpoint}\n" in answer.stdout
        started.append(running)
        return running

    yield make
    for running in started:
        running.command("stop")


def test_start_and_stop_are_idempotent(start: Callable[..., LocalAWS]) -> None:
    aws = start()
    pid = (aws.folder / "pid").read_text()
    assert aws.command("status").returncode == 0
    assert aws.command("start").returncode == 0
    assert (aws.folder / "pid").read_text() == pid
    assert aws.command("stop").returncode == 0
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid.strip()], capture_output=True, text=True, check=False).stdout
    assert state.strip() == "" or state.startswith("Z")  # a zombie waits only for its parent to notice
    assert not (aws.folder / "pid").exists()
    with pytest.raises(urllib.error.URLError):
        aws.control("GET", "health")
    assert aws.command("stop").returncode == 0
    assert aws.command("status").returncode == 1


def test_a_foreign_process_is_never_stopped(start: Callable[..., LocalAWS]) -> None:
    aws = start()
    (aws.folder / "pid").rename(aws.folder / "kept")
    (aws.folder / "pid").write_text("1\n")
    answer = aws.command("stop")
    assert answer.returncode == 1
    assert "does not name" in answer.stderr
    (aws.folder / "kept").rename(aws.folder / "pid")


def test_creation_goes_on_in_the_background(start: Callable[..., LocalAWS]) -> None:
    aws = start(STACKGEN_LOCAL_AWS_DELAY="1")
    stack_id = aws.create("events/two-layers.yaml")
    cloudformation = aws.client("cloudformation")
    stack = cloudformation.describe_stacks(StackName=stack_id)["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_IN_PROGRESS"
    begun = time.monotonic()
    assert aws.settle(stack_id)["StackStatus"] == "CREATE_COMPLETE"
    # Three layers of a second each; resources beside each other take their second together.
    assert 1.5 < time.monotonic() - begun < 8


def test_deleting_a_stack_in_creation_stops_it(start: Callable[..., LocalAWS]) -> None:
    aws = start(STACKGEN_LOCAL_AWS_DELAY="20")
    stack_id = aws.create("events/two-layers.yaml")
    begun = time.monotonic()
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_COMPLETE"
    assert time.monotonic() - begun < 15
    assert [vpc for vpc in aws.client("ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]] == []
    assert aws.client("logs").describe_log_groups()["logGroups"] == []


def test_reset_empties_everything_but_what_aws_publishes(start: Callable[..., LocalAWS]) -> None:
    aws = start(STACKGEN_LOCAL_AWS_DELAY="20")
    aws.create("events/two-layers.yaml")
    assert aws.command("reset").returncode == 0
    cloudformation = aws.client("cloudformation", "eu-north-1")
    assert aws.client("cloudformation").list_stacks()["StackSummaries"] == []
    with pytest.raises(ClientError):
        aws.client("cloudformation").describe_stacks(StackName="stack")
    url = (
        "https://aws-sagemaker-hyperpod-cluster-setup-eu-north-1-prod.s3.eu-north-1.amazonaws.com"
        "/templates/helm-chart-template.yaml"
    )
    summary = cloudformation.get_template_summary(TemplateURL=url)
    assert {"EKSClusterName", "CustomResourceS3Bucket"} <= {entry["ParameterKey"] for entry in summary["Parameters"]}


def test_failure_from_the_environment_happens_every_time(start: Callable[..., LocalAWS]) -> None:
    aws = start(STACKGEN_LOCAL_AWS_FAIL="Last=never today")
    for name in ("one", "two"):
        stack_id = aws.create("events/two-layers.yaml", name=name)
        assert aws.settle(stack_id)["StackStatus"] == "ROLLBACK_COMPLETE"
        reasons = {event.get("ResourceStatusReason") for event in aws.events(stack_id)}
        assert "never today" in reasons
