"""Following a stack: what is told, what is asked, and what a failure says."""

from __future__ import annotations

import datetime
import http.server
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from conftest import records


class CountingProxy(http.server.ThreadingHTTPServer):
    """Hands every call on to the local AWS and keeps what was asked, and when."""

    def __init__(self, target: str):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.target = target
        self.calls: list[tuple[float, dict[str, str]]] = []
        self.endpoint = f"http://127.0.0.1:{self.server_port}"

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            form = dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace")))
            self.server.calls.append((time.monotonic(), form))
            request = urllib.request.Request(self.server.target + self.path, data=body, headers=dict(self.headers))
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    status, payload = answer.status, answer.read()
            except urllib.error.HTTPError as error:
                status, payload = error.code, error.read()
            self.send_response(status)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_):
            pass


@pytest.fixture
def proxy(aws):
    server = CountingProxy(aws.endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_stack_of_300_resources_costs_one_call_a_poll_and_page(stackgen, aws, proxy):
    resources = {f"Log{index:03}": {"Type": "AWS::Logs::LogGroup"} for index in range(300)}
    cloudformation = aws.client("cloudformation")
    stack_id = cloudformation.create_stack(
        StackName="large",
        TemplateBody=json.dumps({"Resources": resources}),
        Tags=[{"Key": "stackgen:kind", "Value": "cluster-stack"}],
    )["StackId"]
    began = time.monotonic()
    run = stackgen("watch", stack_id, "--output", "json", AWS_ENDPOINT_URL=proxy.endpoint)
    took = time.monotonic() - began
    *events, end = [json.loads(line) for line in run.out.splitlines()]
    assert end["status"] == "CREATE_COMPLETE"
    done = {event["LogicalResourceId"] for event in events if event["ResourceStatus"] == "CREATE_COMPLETE"}
    assert len(done) == 301
    assert len({event["EventId"] for event in events}) == len(events), "each event once"

    asked = [form for _, form in proxy.calls]
    polls = [form for form in asked if form["Action"] == "DescribeStackEvents" and "NextToken" not in form]
    pages = [form for form in asked if form["Action"] == "DescribeStackEvents" and "NextToken" in form]
    others = [form["Action"] for form in asked if form["Action"] != "DescribeStackEvents"]
    page_size = 100
    # The events are read from the beginning twice at most: to find where the operation began, and to tell of it.
    assert len(pages) <= 2 * (len(events) // page_size + 1) + len(events) // page_size
    assert len(polls) <= took / 0.2 + 2
    assert sorted(set(others)) == ["DescribeStacks", "GetTemplate"]
    assert len(others) <= 4, "nothing is asked resource by resource"


def test_plain_lines_without_a_terminal(stackgen, talk):
    stackgen("create", "talk")
    run = stackgen("watch", "ml-cluster", "--region", "us-east-1")
    assert run.out == "ml-cluster: CREATE_COMPLETE\n"
    assert "\x1b" not in run.err
    assert any("CREATE_COMPLETE" in line and "HyperPodCluster" in line for line in run.err.splitlines())


def test_a_failure_says_cause_line_fix_and_logs(stackgen, aws, talk):
    aws.post("fail", {"logical_id": "FileSystem", "reason": "The security group does not permit Lustre LNET traffic"})
    run = stackgen("create", "talk", "--wait", expect=5)
    assert "RUN016" in run.err
    assert "does not permit Lustre LNET traffic" in run.err
    assert "talk/config.yaml:" in run.err.split("RUN016")[1]
    assert "known cause: the security group does not let Lustre through" in run.err
    assert "988" in run.err
    watched = stackgen("watch", "ml-cluster", "--region", "us-east-1", expect=5)
    assert "does not permit Lustre LNET traffic" in watched.err


QUOTA = "The account-level service limit 'ml.t3.2xlarge for cluster usage' is 2 Instances"
SCRIPT = "Instance group 'gpu-workers': lifecycle script exited with status 1. Check the script"


@pytest.mark.parametrize(
    ("reason", "line", "words", "has_logs"),
    [
        (QUOTA, "    instance_type: ml.t3.2xlarge", "the account's quota for the type", False),
        (SCRIPT, "  - name: gpu-workers", "the lifecycle script ended with an error on a node", True),
        ("ml.t3.2xlarge2 is not a type", "instance_groups:", "", True),
        ("Internal failure of the system", "instance_groups:", "", True),
    ],
)
def test_the_line_is_the_one_that_the_service_complains_about(stackgen, aws, talk, reason, line, words, has_logs):
    aws.post("fail", {"logical_id": "HyperPodCluster", "reason": reason})
    run = stackgen("create", "talk", "--wait", "--no-preflight", "--output", "json", expect=5)
    told = run.err.split("RUN016")[1]
    number = 1 + (talk / "config.yaml").read_text().splitlines().index(line)
    assert f"talk/config.yaml:{number}:" in told and words in told
    assert ("log group /aws/sagemaker/Clusters/ml-cluster/" in told) == has_logs


def test_what_cloudformation_does_not_look_at_is_looked_at(stackgen, aws, talk):
    outcome = stackgen("create", "talk", "--wait", "--output", "json").json()
    subjects = {check["subject"]: check for check in outcome["checks"]}
    assert {"instance group gpu-workers", "instance group system"} <= set(subjects)
    assert any(subject.startswith("file system fs-") for subject in subjects)
    assert sum(subject.startswith("add-on ") for subject in subjects) >= 6
    assert json.loads((records(talk)[0] / "manifest.json").read_text())["states"][-1]["name"] == "CREATE_COMPLETE"


def test_what_happens_inside_a_nested_stack_is_told(stackgen, aws, talk):
    cloudformation = aws.client("cloudformation")
    stackgen("create", "talk", "--wait", "--no-preflight")
    (record,) = (talk / "run").iterdir()
    events = [json.loads(line) for line in (record / "events.jsonl").read_text().splitlines()]
    inside = {event["StackId"]: event["StackName"] for event in events if "StackId" in event}
    nested = {
        event["PhysicalResourceId"]
        for event in events
        if event["ResourceType"] == "AWS::CloudFormation::Stack" and event["PhysicalResourceId"] != event["StackId"]
    } - {""}
    assert nested and nested <= inside.keys(), "each nested stack's own events are among them"
    for stack in inside:
        pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack)
        known = [event["EventId"] for page in pages for event in page["StackEvents"]][::-1]
        assert [event["EventId"] for event in events if event["StackId"] == stack] == known
    times = [datetime.datetime.fromisoformat(event["Timestamp"]) for event in events]
    assert times == sorted(times)


def test_the_first_cause_inside_a_nested_stack_is_the_one_that_is_told(stackgen, aws, talk):
    names = {}
    stackgen("create", "talk", "--wait", "--no-preflight")
    for event in json.loads(stackgen("events", "ml-cluster", "--region", "us-east-1", "--output", "json").out):
        if event["StackName"] != "ml-cluster" and event["ResourceType"] != "AWS::CloudFormation::Stack":
            names[event["LogicalResourceId"]] = event["ResourceType"]
    inner, kind = sorted(names.items())[0]
    stackgen("delete", "ml-cluster", "--region", "us-east-1", "--yes", "--wait")
    aws.post("fail", {"logical_id": inner, "reason": "the chart says no"})
    run = stackgen("create", "talk", "--wait", "--no-preflight", expect=5)
    assert f"{inner} ({kind}) in " in run.err and "the chart says no" in run.err
    assert "Embedded stack" not in run.err.split("RUN016")[1]
    assert "talk/config.yaml:" in run.err.split("RUN016")[1], "the line that made the nested stack"
