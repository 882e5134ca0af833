"""Folders of `hyp init cluster-stack`: from the scaffold to a stack on the local AWS."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

HYP = Path(__file__).resolve().parent / "hyp"
sys.path.insert(0, str(HYP))

from compare import python  # noqa: E402

BUCKET = "aws-sagemaker-hyperpod-cluster-setup-us-east-2-prod"
KEY = "templates/main-stack-eks-based-template.yaml"


@pytest.fixture(scope="session")
def scaffold(tmp_path_factory):
    """What `hyp init cluster-stack` writes."""
    folder = tmp_path_factory.mktemp("hyp") / "scaffold"
    subprocess.run([str(python()), str(HYP / "scaffold.py"), str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture
def folder(stackgen, scaffold):
    """A folder as `hyp init cluster-stack` leaves it."""
    return Path(shutil.copytree(scaffold, stackgen.folder / "hyp-folder"))


def record_of(folder: Path) -> Path:
    """The newest record of a folder."""
    return sorted((folder / "run").iterdir())[-1]


def test_scaffold_goes_through(stackgen, aws, folder):
    """configure, validate, dry run, create and verify, without a change of anything that hyp wrote."""
    stackgen("configure", "--folder", str(folder), "--resource-name-prefix", "team-a", "--kubernetes-version", "1.33")
    stackgen("validate", str(folder))
    stackgen("create", str(folder), "--dry-run", "--region", "us-east-2")
    dry = yaml.safe_load((record_of(folder) / "cfn_params.yaml").read_text())
    created = stackgen("create", str(folder), "--region", "us-east-2", "--wait", "--output", "json").json()
    assert created["status"] == "CREATE_COMPLETE"
    record = Path(created["record"])
    sent = yaml.safe_load((record / "cfn_params.yaml").read_text())
    assert sent == dry, "the same configuration gives the same parameters"
    stack = aws.client("cloudformation", "us-east-2").describe_stacks(StackName=created["stack_name"])["Stacks"][0]
    received = {item["ParameterKey"]: item["ParameterValue"] for item in stack["Parameters"]}
    for name, value in sent["Parameters"].items():
        assert received[name] == value, name
    assert sorted(stack["Capabilities"]) == ["CAPABILITY_AUTO_EXPAND", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
    stackgen("verify", str(record))


def test_record_holds_the_published_template(stackgen, aws, folder):
    """Address, entity tag, version and bytes of what was found."""
    created = stackgen("create", str(folder), "--region", "us-east-2", "--output", "json").json()
    record = Path(created["record"])
    published = json.loads((record / "request.json").read_text())["template"]["object"]
    s3 = aws.client("s3", "us-east-2")
    assert published["bucket"] == BUCKET
    assert published["key"] == f"1/{KEY}"
    assert published["version"] == 1
    assert published["url"] == f"https://{BUCKET}.s3.us-east-2.amazonaws.com/1/{KEY}"
    assert published["etag"] == s3.head_object(Bucket=BUCKET, Key=f"1/{KEY}")["ETag"]
    copy = (record / "template.yaml").read_bytes()
    assert copy == (ROOT / "scripts/local_aws/hosted_templates/main-stack-eks-based-template.yaml").read_bytes()
    (record / "template.yaml").write_bytes(copy + b"\n")
    assert "template.yaml" in stackgen("verify", str(record), expect=2).out


def test_newest_version_is_found_and_a_version_is_pinned(stackgen, aws, folder):
    """A mirror of one's own with three versions."""
    body = (ROOT / "scripts/local_aws/hosted_templates/main-stack-eks-based-template.yaml").read_bytes()
    s3 = aws.client("s3", "us-east-2")
    s3.create_bucket(Bucket="my-mirror", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
    for version in (1, 2, 3):
        s3.put_object(Bucket="my-mirror", Key=f"{version}/{KEY}", Body=body + b"# %d\n" % version)
    stackgen("configure", "--folder", str(folder), "--custom-bucket-name", "my-mirror")
    newest = stackgen("create", str(folder), "--region", "us-east-2", "--output", "json").json()
    assert json.loads((Path(newest["record"]) / "request.json").read_text())["template"]["object"]["version"] == 3
    pinned = stackgen(
        "create", str(folder), "--region", "us-east-2", "--stack-name", "pinned", "--template-version", "2",
        "--output", "json",
    ).json()  # fmt: skip
    published = json.loads((Path(pinned["record"]) / "request.json").read_text())["template"]["object"]
    assert (published["bucket"], published["version"]) == ("my-mirror", 2)
    assert (Path(pinned["record"]) / "template.yaml").read_bytes().endswith(b"# 2\n")
    missing = stackgen(
        "create", str(folder), "--region", "us-east-2", "--stack-name", "other", "--template-version", "9", expect=4
    )
    assert "HOST034" in missing.err


def test_creating_again_makes_no_second_stack(stackgen, aws, folder):
    """hyp makes another cluster on every call (D9)."""
    first = stackgen("create", str(folder), "--region", "us-east-2", "--wait", "--output", "json").json()
    again = stackgen("create", str(folder), "--region", "us-east-2", "--wait", "--output", "json").json()
    assert again["stack_id"] == first["stack_id"]
    stacks = aws.client("cloudformation", "us-east-2").describe_stacks()["Stacks"]
    assert [stack["StackName"] for stack in stacks] == [first["stack_name"]]


def test_diff_and_update(stackgen, aws, folder):
    """What differs is said parameter by parameter, and an update takes it to the stack."""
    region = ("--region", "us-east-2")
    stackgen("create", str(folder), *region, "--wait")
    assert "no differences" in stackgen("diff", str(folder), *region).out
    assert "no differences" in stackgen("diff", str(folder), *region, "--offline").out
    stackgen("configure", "--folder", str(folder), "vpc_cidr=10.9.0.0/16")
    for where in ([], ["--offline"]):
        differing = stackgen("diff", str(folder), *region, *where, "--output", "json", expect=3).json()
        assert differing["parameters"] == [{"name": "VpcCIDR", "was": "10.192.0.0/16", "now": "10.9.0.0/16"}]
    assert "VpcCIDR: 10.192.0.0/16 -> 10.9.0.0/16\n" in stackgen("diff", str(folder), *region, expect=3).out
    stackgen("update", str(folder), *region, "--wait", "--yes")
    stack = aws.client("cloudformation", "us-east-2").describe_stacks()["Stacks"][0]
    assert {"ParameterKey": "VpcCIDR", "ParameterValue": "10.9.0.0/16"} in stack["Parameters"]
    assert "no differences" in stackgen("diff", str(folder), *region).out


def test_reset_keeps_the_comments(stackgen, folder):
    """Values go back to their defaults; the words that a person wrote stay."""
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace("storage_capacity: 1200", "storage_capacity: 4800  # for the data team"))
    stackgen("reset", "--folder", str(folder))
    assert "storage_capacity: 1200  # for the data team" in config.read_text()


def test_init_writes_a_folder_that_hyp_takes(stackgen):
    """The comments, the lock and the keys are those of hyp."""
    stackgen("init", "cluster-stack", "--template", "hosted", "new", "--name", "ml-one", "--region", "eu-west-1")
    folder = stackgen.folder / "new"
    assert (folder / ".hyp").read_text() == "cluster-stack"
    lines = (folder / "config.yaml").read_text().splitlines()
    assert lines[:2] == ["# template: cluster-stack", "# version: 1.0"]
    stackgen("validate", "--strict", str(folder))
    keys = set(yaml.safe_load("\n".join(lines)))
    code = "from hyperpod_cluster_stack_template.v1_0.model import ClusterStackBase as C; print(*C.model_fields)"
    known = subprocess.run([str(python()), "-c", code], capture_output=True, text=True, check=True)
    assert keys - {"region"} <= set(known.stdout.split())


def test_main_template_of_hyp_is_rendered_as_by_jinja(stackgen, folder):
    """The template that hyp writes beside the configuration, with the configuration's values: the same text."""
    import jinja2

    values = yaml.safe_load((folder / "config.yaml").read_text())
    expected = jinja2.Template((folder / "cfn_params.jinja").read_text()).render(**values)
    (folder / "values.json").write_text(json.dumps(values))
    rendered = stackgen("render", str(folder / "cfn_params.jinja"), "--data", str(folder / "values.json"), "--undefined", "lenient")
    assert rendered.out == expected
