"""What is asked of the Kubernetes API of an EKS cluster: whether nodes take pods, and whether there is a Kueue already."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import scripted_aws
from conftest import Stackgen, copy_example
from scripted_aws import answer

HEALTH = "sagemaker.amazonaws.com/node-health-status"


class Kubernetes(ThreadingHTTPServer):
    """Answers lists by their path, and keeps what was asked with which token."""

    def __init__(self, certificates):
        super().__init__(("127.0.0.1", 0), self.Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / "certificate.pem", certificates / "key.pem")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.lists, self.asked, self.status = {}, [], 200
        self.authority = base64.b64encode((certificates / "ca.pem").read_bytes()).decode()
        self.endpoint = f"https://127.0.0.1:{self.server_port}"

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path, _, query = self.path.partition("?")
            self.server.asked.append((path, query, self.headers.get("Authorization", "")))
            items = self.server.lists.get(path, list)()
            body = json.dumps({"kind": "List", "metadata": {}, "items": items}).encode()
            self.send_response(self.server.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""


@pytest.fixture
def kubernetes(certificates):
    server = Kubernetes(certificates)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def scripted(aws, stackgen, kubernetes):
    """The local AWS, whose EKS clusters have this Kubernetes."""
    scripted, server = scripted_aws.serve(aws.endpoint)
    cluster = {
        "status": "ACTIVE", "version": "1.34", "endpoint": kubernetes.endpoint, "certificateAuthority": {"data": kubernetes.authority},
        "accessConfig": {"authenticationMode": "API"},
    }
    scripted.cluster = cluster
    scripted.stackgen = Stackgen(stackgen.folder, stackgen.environment | {"AWS_ENDPOINT_URL": scripted.endpoint})
    yield scripted
    server.shutdown()


def node(name: str, *, ready: bool = True, closed: bool = False, health: str | None = "Schedulable") -> dict:
    conditions = [{"type": "MemoryPressure", "status": "False"}, {"type": "Ready", "status": str(ready)}]
    labels = {HEALTH: health} if health else {}
    return {"metadata": {"name": name, "labels": labels}, "spec": {"unschedulable": True} if closed else {}, "status": {"conditions": conditions}}


def test_nodes_that_take_pods_are_counted_for_each_group(aws, talk, scripted, kubernetes):
    def nodes():
        found = aws.client("sagemaker").list_cluster_nodes(ClusterName="ml-cluster", MaxResults=100)["ClusterNodeSummaries"]
        gpus = [n["InstanceId"] for n in found if n["InstanceGroupName"] == "gpu-workers"]
        system = [n["InstanceId"] for n in found if n["InstanceGroupName"] == "system"]
        ill = [{"ready": False}, {"closed": True}, {"health": "UnschedulablePendingReplacement"}]
        states = [node(f"hyperpod-{name}", **how) for name, how in zip(gpus, [*ill, {}], strict=True)]
        return states + [node(f"hyperpod-{name}", health=None) for name in system] + [node("ip-10-0-0-1")]

    kubernetes.lists["/api/v1/nodes"] = nodes
    # The cluster is there only once the stack has made it.
    scripted.on("GET /clusters/ml-cluster-eks", lambda _: cluster_of(aws, scripted))
    run = scripted.stackgen("create", "talk", "--wait", "--output", "json")
    checks = {check["subject"]: check for check in run.json()["checks"]}
    assert checks["instance group gpu-workers"]["detail"] == "4 of 4 nodes running, 1 schedulable"
    assert checks["instance group gpu-workers"]["is_ready"] is False
    assert checks["instance group system"] == {
        "subject": "instance group system", "is_ready": True, "detail": "6 of 6 nodes running, 6 schedulable",
    }
    assert checks["folder /data"]["detail"].endswith("s3://my-training-data/: AVAILABLE") and checks["folder /data"]["is_ready"]
    assert "not_asked" not in checks["instance group system"] and "not asked" not in run.err
    assert "! instance group gpu-workers: 4 of 4 nodes running, 1 schedulable" in run.err
    ((path, _, token),) = kubernetes.asked
    assert path == "/api/v1/nodes" and token.startswith("Bearer k8s-aws-v1.")
    assert token.removeprefix("Bearer ") not in run.out + run.err


def cluster_of(aws, scripted):
    """The cluster as the local AWS has it, with the address of the other Kubernetes; None while there is none."""
    eks = aws.client("eks")
    if "ml-cluster-eks" not in eks.list_clusters()["clusters"]:
        return None
    found = eks.describe_cluster(name="ml-cluster-eks")["cluster"]
    plain = {key: found[key] for key in ("name", "arn", "roleArn", "resourcesVpcConfig", "identity") if key in found}
    return answer({"cluster": scripted.cluster | plain})


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "the caller has no access entry in the cluster"), (403, "the caller may not list nodes there"), (503, "answered with status 503")],
)
def test_who_may_not_ask_is_told_so_and_goes_on(aws, talk, scripted, kubernetes, status, words):
    kubernetes.status = status
    scripted.on("GET /clusters/ml-cluster-eks", lambda _: cluster_of(aws, scripted))
    checks = scripted.stackgen("create", "talk", "--wait", "--no-preflight", "--output", "json").json()["checks"]
    (group,) = [check for check in checks if check["subject"] == "instance group system"]
    assert group["is_ready"] is True, "what HyperPod says stands alone"
    assert group["detail"] == "6 of 6 nodes running"
    assert group["not_asked"].startswith("whether Kubernetes puts pods onto the nodes: ") and words in group["not_asked"]


def test_another_authority_is_not_trusted(aws, talk, scripted, kubernetes, certificates):
    scripted.cluster["certificateAuthority"] = {"data": base64.b64encode((certificates / "other-ca.pem").read_bytes()).decode()}
    scripted.on("GET /clusters/ml-cluster-eks", lambda _: cluster_of(aws, scripted))
    checks = scripted.stackgen("create", "talk", "--wait", "--no-preflight", "--output", "json").json()["checks"]
    (group,) = [check for check in checks if check["subject"] == "instance group system"]
    assert "the secure connection was refused" in group["not_asked"] and kubernetes.asked == []


@pytest.fixture
def shared(scripted, kubernetes):
    """A configuration with task governance for an EKS cluster that is there."""
    config = copy_example("existing", scripted.stackgen.folder / "shared") / "config.yaml"
    config.write_text(config.read_text() + "\ntask_governance:\n  fair_share: true\n")
    scripted.on("GET /clusters/platform", lambda _: answer({"cluster": scripted.cluster | {"name": "platform"}}))
    scripted.on("GET /clusters/platform/addons", answer({"addons": ["vpc-cni"]}))

    def found():
        report = scripted.stackgen("preflight", "shared", "--output", "json", expect=None).json()
        return [d for d in report["diagnostics"] if "Kueue" in d["message"]]

    return found


def test_a_kueue_of_somebody_else(scripted, kubernetes, shared):
    kubernetes.lists["/apis/apps/v1/deployments"] = lambda: [{"metadata": {"name": "kueue-controller-manager", "namespace": "batch"}}]
    (problem,) = shared()
    assert (problem["id"], problem["severity"]) == ("PRE013", "error")
    assert problem["message"] == "the cluster has a Kueue already, in the namespace `batch`"
    assert "task_governance" in scripted.stackgen("preflight", "shared", expect=4).err.split("has a Kueue already")[1]
    assert "metadata.name%3Dkueue-controller-manager" in kubernetes.asked[0][1]


def test_no_kueue(shared, kubernetes):
    assert shared() == [] and len(kubernetes.asked) == 1


def test_a_kueue_of_task_governance_itself(scripted, shared, kubernetes):
    scripted.on("GET /clusters/platform/addons", answer({"addons": ["amazon-sagemaker-hyperpod-taskgovernance"]}))
    shared()
    assert kubernetes.asked == [], "the add-on that is there is told as such"


def test_a_kueue_that_may_not_be_looked_for_is_a_note(shared, kubernetes):
    kubernetes.status = 403
    (note,) = shared()
    assert (note["id"], note["severity"]) == ("PRE020", "note")
