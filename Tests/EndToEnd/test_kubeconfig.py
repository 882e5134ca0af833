"""`kubeconfig` and `get-context`: real files with comments, several files, names of one's own, and kubectl's rules."""

from __future__ import annotations

import stat

import pytest
import scripted_aws
import yaml
from conftest import Stackgen
from scripted_aws import answer

REGION = ("--region", "us-east-1")
ARN = "arn:aws:eks:us-east-1:123456789012:cluster/ml"
WORK = """\
# Written by hand; ask Ada before you change it.
apiVersion: v1
kind: Config
preferences: {}
clusters:
# the old machines
- cluster:
    certificate-authority: /etc/kubernetes/ca.pem   # not in here
    server: "https://10.0.0.1:6443"
  name: bare-metal
users:
- name: ada
  user: {token: 0123456789}
contexts:
- context:
    cluster: bare-metal
    namespace: "007"
    user: ada
  name: work   # everybody calls it so
current-context: work
"""


@pytest.fixture
def machine(tmp_path, environment, aws_server):
    """A home folder, and an EKS that has the cluster `ml`."""
    scripted, server = scripted_aws.serve(aws_server.endpoint)
    cluster = {"name": "ml", "arn": ARN, "status": "ACTIVE", "endpoint": "https://ml.test", "certificateAuthority": {"data": "Q0E="}}
    scripted.on("GET /clusters/ml", answer({"cluster": cluster}))
    folder = tmp_path / "work"
    folder.mkdir()
    yield Stackgen(folder, environment | {"AWS_ENDPOINT_URL": scripted.endpoint})
    server.shutdown()


def write(machine, *arguments, **variables):
    return machine("kubeconfig", "--cluster-name", "ml", *REGION, *arguments, "--output", "json", **variables).json()


def current(machine, **variables):
    return machine("get-context", "--output", "json", **variables).json()


def test_comments_and_other_entries_stay(machine):
    file = machine.folder / "config"
    file.write_text(WORK)
    written = write(machine, "--alias", "ml", "--namespace", "team-a", KUBECONFIG=str(file))
    assert written == {"kubeconfig": str(file), "context": "ml", "cluster": "ml", "server": "https://ml.test"}
    text = file.read_text()
    # Every line of before is there still, in its order, but for the current context.
    lines = iter(text.splitlines())
    assert all(line in lines for line in WORK.splitlines() if not line.startswith("current-context"))
    found, before = yaml.safe_load(text), yaml.safe_load(WORK)
    for key in ("clusters", "users", "contexts"):
        assert found[key][:1] == before[key] and len(found[key]) == 2
    assert found["contexts"][1] == {"name": "ml", "context": {"cluster": ARN, "user": ARN, "namespace": "team-a"}}
    assert found["current-context"] == "ml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    write(machine, "--alias", "ml", "--namespace", "team-a", KUBECONFIG=str(file))
    assert file.read_text() == text, "the same again changes nothing"
    assert current(machine, KUBECONFIG=str(file)) == {
        "kubeconfig": str(file), "context": "ml", "server": "https://ml.test", "namespace": "team-a", "cluster": "ml", "region": "us-east-1",
    }


def test_another_alias_is_another_context_of_the_same_cluster(machine):
    file = machine.folder / "config"
    for alias in ("ml", "production"):
        write(machine, "--alias", alias, "--kubeconfig", str(file))
    found = yaml.safe_load(file.read_text())
    assert [context["name"] for context in found["contexts"]] == ["ml", "production"]
    assert [cluster["name"] for cluster in found["clusters"]] == [ARN]
    assert list(found)[:2] == ["apiVersion", "kind"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet\n",
        "apiVersion: v1\nkind: Config\nclusters: null\ncontexts: null\nusers: null\ncurrent-context: ''\npreferences: {}\n",
        "apiVersion: v1\nclusters: []\ncontexts: []\nusers: []\n",
        '{"apiVersion": "v1", "kind": "Config", "clusters": [{"name": "a", "cluster": {"server": "https://a"}}], "contexts": []}\n',
        "clusters: &none []\nusers: *none\ncontexts: *none\n",
    ],
    ids=["empty", "comment", "kubectl-empty", "lists", "json", "aliases"],
)
def test_odd_files(machine, text):
    file = machine.folder / "config"
    file.write_text(text)
    write(machine, KUBECONFIG=str(file))
    found = yaml.safe_load(file.read_text())
    before = yaml.safe_load(text) or {}
    assert [entry["name"] for entry in found["contexts"]] == [ARN]
    assert found["clusters"][:-1] == (before.get("clusters") or [])
    assert found["current-context"] == ARN and found["kind"] == "Config" and found["apiVersion"] == "v1"
    assert ("# nothing yet" in text) == ("# nothing yet" in file.read_text())


def test_what_is_no_kubeconfig_is_left_alone(machine):
    file = machine.folder / "config"
    for text, words in (("- a list\n", "no kubeconfig"), ("a: [\n", "config:")):
        file.write_text(text)
        run = machine("kubeconfig", "--cluster-name", "ml", *REGION, "--kubeconfig", str(file), expect=None)
        assert run.status != 0 and words in run.err and file.read_text() == text


def test_of_several_files_the_first_that_has_it(machine):
    """kubectl's rules: an entry is replaced where it is, a new one goes into the first file that is there."""
    first, second, third = (machine.folder / name for name in ("first", "second", "third"))
    second.write_text(WORK)
    third.write_text(WORK.replace("bare-metal", "cloud").replace("ada", "bob").replace("work", "play"))
    files = {"KUBECONFIG": f"{first}:{second}::{third}:{second}"}
    assert current(machine, **files)["context"] == "work"
    assert write(machine, "--alias", "play", **files)["kubeconfig"] == str(third), "where a context of this name is"
    assert not first.exists()
    assert [c["name"] for c in yaml.safe_load(second.read_text())["clusters"]] == ["bare-metal", ARN]
    assert yaml.safe_load(second.read_text())["current-context"] == "play", "the first word on it counts"
    assert current(machine, **files)["cluster"] == "ml"


def test_where_no_file_is_there_the_last_one_is_made(machine):
    first, last = machine.folder / "first", machine.folder / "deep" / "last"
    assert write(machine, KUBECONFIG=f"{first}:{last}")["kubeconfig"] == str(last)
    assert last.exists() and not first.exists()


def test_the_home_folder_without_a_variable(machine):
    home = machine.environment["HOME"]
    assert write(machine)["kubeconfig"] == f"{home}/.kube/config"
    assert current(machine)["context"] == ARN


def test_a_link_stays_a_link(machine):
    real, link = machine.folder / "real", machine.folder / "link"
    real.write_text(WORK)
    link.symlink_to(real)
    write(machine, KUBECONFIG=str(link))
    assert link.is_symlink() and ARN in real.read_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "no current context in"),
        ("apiVersion: v1\ncurrent-context: ''\n", "no current context in"),
        ("apiVersion: v1\ncurrent-context: gone\n", "the current context `gone` is not among the contexts"),
    ],
)
def test_no_context(machine, text, words):
    file = machine.folder / "config"
    if text:
        file.write_text(text)
    run = machine("get-context", KUBECONFIG=str(file), expect=4)
    assert words in run.err and "stackgen kubeconfig STACK" in run.err
