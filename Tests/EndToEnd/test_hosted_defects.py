"""What hyp was seen to do wrong, one test a row: the ids are those of docs/coming-from-hyp.md.

A test named after a row shows what stackgen does in its place.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Stackgen

HEAD = "# template: cluster-stack\n# version: 1.0\n"
GROUP = "{InstanceCount: 1, InstanceGroupName: workers, InstanceType: ml.m5.4xlarge, TargetAvailabilityZoneId: use2-az1}"
BASE = f"resource_name_prefix: team-a\nregion: us-east-2\ninstance_group_settings:\n  - {GROUP}\n"


class Folder:
    """A folder of hyp, without a network."""

    def __init__(self, program: Stackgen) -> None:
        self.program = program
        self.path = program.folder

    def write(self, text: str = "", head: str = HEAD, base: str = BASE) -> Folder:
        """Write the configuration."""
        (self.path / "config.yaml").write_text(head + base + text, encoding="utf-8")
        return self

    def findings(self) -> dict[str, list[int]]:
        """The ids of what validate says, with their lines."""
        done = self.program("validate", "--output", "json", expect=None)
        found: dict[str, list[int]] = {}
        for item in done.json()["diagnostics"]:
            place = item.get("range")
            found.setdefault(item["id"], []).append(place["start"]["line"] if place else None)
        return found

    def document(self, *options: str) -> dict:
        """What a dry run evaluates to."""
        self.program("create", "--dry-run", "--record", str(self.path / "record"), *options)
        return yaml.safe_load((self.path / "record" / "cfn_params.yaml").read_text())

    @property
    def config(self) -> str:
        """The configuration as it is now."""
        return (self.path / "config.yaml").read_text()


@pytest.fixture
def folder(offline):
    """A folder with a sound configuration."""
    return Folder(offline).write()


def test_d01_what_is_recorded_is_what_is_sent(stackgen, aws):
    folder = Folder(stackgen).write()
    created = stackgen("create", "--output", "json").json()
    recorded = yaml.safe_load((Path(created["record"]) / "cfn_params.yaml").read_text())["Parameters"]
    stack = aws.client("cloudformation", "us-east-2").describe_stacks(StackName=created["stack_name"])["Stacks"][0]
    received = {item["ParameterKey"]: item["ParameterValue"] for item in stack["Parameters"]}
    assert {name: received[name] for name in recorded} == recorded
    assert folder.config.startswith(HEAD)


def test_d02_the_record_names_every_setting_that_is_sent(folder):
    parameters = folder.document()["Parameters"]
    assert len(parameters) >= 38
    assert all(isinstance(value, str) for value in parameters.values())


def test_d03_nothing_is_called_submitted_before_it_is(folder):
    folder.write()
    done = folder.program("create", expect=None)
    assert done.status != 0
    assert "submitted" not in (done.out + done.err).lower()


def test_d04_an_unknown_version_is_an_error(folder):
    assert folder.write(head="# template: cluster-stack\n# version: 9.9\n").findings() == {"HOST005": [2]}
    assert folder.program("create", "--dry-run", expect=2).status == 2


def test_d05_optional_keys_may_be_left_out(folder):
    assert folder.findings() == {}
    assert folder.document()["Parameters"]["NodeRecovery"] == "Automatic"


def test_d06_an_edited_template_counts_or_is_refused(folder):
    template = folder.path / "cfn_params.jinja"
    template.write_text('Parameters:\n  VpcCIDR: "10.9.0.0/16"\n')
    assert folder.document() == {"Parameters": {"VpcCIDR": "10.9.0.0/16"}}
    template.write_text("hello")
    assert folder.program("validate", expect=2).status == 2
    template.write_text("Parameters:\nResources:\n  X: {}\n")
    assert "HOST033" in folder.findings()


def test_d07_keys_of_groups_keep_their_spelling(folder):
    extra = (
        "LifeCycleConfig: {SourceS3Uri: 's3://sagemaker-x/y', OnCreate: a.sh}, "
        "ExecutionRole: 'arn:aws:iam::123456789012:role/nodes', OverrideVpcConfig: "
        "{SecurityGroupIds: [sg-0a1b2c3d4e5f60718], Subnets: [subnet-0a1b2c3d4e5f60718]}}"
    )
    folder.write(base=BASE.replace("use2-az1}", f"use2-az1, {extra}"))
    sent = json.loads(folder.document()["Parameters"]["InstanceGroupSettings1"])[0]
    assert list(sent)[4:] == ["LifeCycleConfig", "ExecutionRole", "OverrideVpcConfig"]
    assert sent["LifeCycleConfig"] == {"SourceS3Uri": "s3://sagemaker-x/y", "OnCreate": "a.sh"}
    assert list(sent["OverrideVpcConfig"]) == ["SecurityGroupIds", "Subnets"]


def test_d08_the_region_of_the_environment_is_the_region(stackgen):
    folder = Folder(stackgen).write(base="resource_name_prefix: team-a\ninstance_group_settings: []\n"
                                    "create_hyperpod_cluster_stack: false\n")  # fmt: skip
    created = stackgen("create", "--output", "json", AWS_REGION="eu-west-1").json()
    request = json.loads((Path(created["record"]) / "request.json").read_text())
    assert created["region"] == "eu-west-1"
    assert request["template"]["object"]["bucket"] == "aws-sagemaker-hyperpod-cluster-setup-eu-west-1-prod"
    assert "HOST017" in folder.program("create", "--dry-run", expect=2).err


def test_d09_names_are_the_same_on_every_run(folder):
    first = folder.document()
    (folder.path / "record").rename(folder.path / "first")
    assert folder.document() == first
    names = [json.loads((folder.path / name / "request.json").read_text())["stack_name"] for name in ("first", "record")]
    assert names[0] == names[1]
    folder.write("storage_capacity: 4800\n")
    (folder.path / "record").rename(folder.path / "second")
    assert folder.document()["Parameters"]["ResourceNamePrefix"] == first["Parameters"]["ResourceNamePrefix"]


def test_d10_a_call_carries_a_token(folder):
    folder.document()
    request = json.loads((folder.path / "record" / "request.json").read_text())
    assert request["client_request_token"].startswith("stackgen-")


def test_d11_configure_keeps_the_digits_of_a_version(folder):
    folder.program("configure", "--kubernetes-version", "1.30")
    assert 'kubernetes_version: "1.30"\n' in folder.config
    assert folder.document()["Parameters"]["KubernetesVersion"] == "1.30"


@pytest.mark.parametrize("value", ["a: b", "prod #1", "on", "010", "1.30", "x'y"])
def test_d12_configure_quotes_what_needs_it(folder, value):
    folder.program("configure", "--sagemaker-iam-role-name", value, "--force")
    # A reader of YAML 1.1 reads the very text.
    assert yaml.safe_load(folder.config)["sagemaker_iam_role_name"] == value or value == "1.30"


def test_d13_configure_changes_one_value(folder):
    folder.write("# ours\nunknown_key: 1\nstorage_capacity: 1200  # mine\n")
    before = folder.config
    folder.program("configure", "storage_capacity=4800", "--force")
    assert folder.config == before.replace("storage_capacity: 1200", "storage_capacity: 4800")


@pytest.mark.parametrize(
    ("flag", "value"),
    [("--helm-repo-url", "https://github.com/x/y.git"), ("--helm-repo-path", "chart"),
     ("--github-raw-url", "https://example.com/on_create.sh"), ("--custom-bucket-name", "my-mirror")],
)  # fmt: skip
def test_d14_configure_sets_the_hidden_keys(folder, flag, value):
    folder.program("configure", flag, value)
    assert yaml.safe_load(folder.config)[flag[2:].replace("-", "_")] == value


def test_d15_a_foreign_script_is_told_of(folder):
    assert folder.write("github_raw_url: https://attacker.example/on_create.sh\n").findings() == {"HOST013": [7]}
    assert "SCHEMA007" in folder.write("github_raw_url: http://attacker.example/on_create.sh\n").findings()
    parameters = folder.write("github_raw_url: https://attacker.example/on_create.sh\n").document()["Parameters"]
    assert parameters["GithubRawUrl"] == "https://attacker.example/on_create.sh"


def test_d16_the_json_schema_is_one(folder):
    import jsonschema

    schema = folder.program("schema", "hosted-stack").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    jsonschema.validate(yaml.safe_load(folder.config), schema)
    group = {"InstanceCount": 1, "InstanceGroupName": "a", "InstanceType": "ml.t3.medium"}
    snake = {"instance_count": 1, "instance_group_name": "a", "instance_type": "ml.t3.medium"}
    for taken in (None, [], [group], [snake], [[group, snake]], [json.dumps([group])]):
        jsonschema.validate({"instance_group_settings": taken}, schema)
    broken = (
        {"storage_capacty": 1},
        {"instance_group_settings": [{"InstanceCount": 1}]},
        {"instance_group_settings": [group | {"Instances": 1}]},
        {"instance_group_settings": [json.dumps(group)]},
        {"tags": [{"key": "a", "value": "b"}]},
    )
    for wrong in broken:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)
    for example in sorted((ROOT / "examples" / "hosted").glob("*/config.yaml")):
        jsonschema.validate(yaml.safe_load(example.read_text()), schema)


def test_d17_nothing_is_told_to_anybody(folder):
    # The endpoint and the proxy lead nowhere; a call would fail or wait.
    for command in (["validate"], ["configure", "stage=gamma"], ["create", "--dry-run"]):
        done = folder.program(*command, HTTPS_PROXY="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9")
        assert "telemetry" not in done.out + done.err
        assert "Traceback" not in done.err


def test_d18_two_runs_in_one_second_have_two_records(folder):
    for _ in range(2):
        folder.program("create", "--dry-run")
    assert len(list((folder.path / "run").iterdir())) == 2


def test_d19_a_switch_that_the_chart_does_not_read(folder):
    switch = "namespaced-role-and-bindings.enable=true"
    assert folder.write(f"helm_operators: mlflow.enabled=true,{switch}\n").findings() == {"HOST015": [7]}
    folder.program("validate", "--fix")
    assert "helm_operators: mlflow.enabled=true,namespaced-role-and-bindings.enabled=true\n" in folder.config


def test_d20_an_absent_namespace_is_the_default(folder):
    assert folder.document()["Parameters"]["Namespace"] == "kube-system"


def test_d21_values_are_texts_as_cloudformation_takes_them(folder):
    parameters = folder.document()["Parameters"]
    assert parameters["CreateVPCStack"] == "true"
    assert json.loads(parameters["InstanceGroupSettings1"])[0]["InstanceCount"] == 1


def test_d22_null_is_said_to_be_the_default(folder):
    assert folder.write("kubernetes_version: null\n").findings()["HOST001"] == [7]
    assert folder.document()["Parameters"]["KubernetesVersion"] == "1.31"


def test_d23_one_default_of_the_stage(folder):
    assert folder.document()["Parameters"]["Stage"] == "prod"


def test_d24_the_stage_is_one_of_two(folder):
    assert folder.write("stage: production/../x\n").findings() == {"SCHEMA005": [7]}


def test_d25_regions_are_known(folder):
    findings = folder.write(base=BASE.replace("us-east-2", "mars-north-1")).findings()
    assert findings.keys() & {"SCHEMA007", "NET021"}
    assert folder.program("create", "--dry-run", "--region", "cn-north-1", expect=2).status == 2


@pytest.mark.parametrize("text", ["a: [1\n", "a:\n\tb: 1\n", "- a\n"])
def test_d26_a_broken_file_has_its_place(folder, text):
    (folder.path / "config.yaml").write_text(HEAD + text)
    done = folder.program("create", "--dry-run", expect=2)
    assert re.search(r"config.yaml:\d+:\d+", done.err)
    assert "Traceback" not in done.out + done.err
    assert done.out == ""


def test_d27_tags_in_another_case_are_told_of(folder):
    findings = folder.write("tags:\n  - {key: team, value: x}\n").findings()
    assert findings["SCHEMA001"] == [8, 8]
    assert "SCHEMA002" in folder.write("tags: [team]\n").findings()


def test_d28_more_groups_than_parameters(folder):
    groups = "".join(f"  - {GROUP.replace('workers', f'group-{index}')}\n" for index in range(21))
    assert "SCHEMA008" in folder.write(base=f"region: us-east-2\ninstance_group_settings:\n{groups}").findings()


def test_d29_a_group_is_a_map(folder):
    assert "SCHEMA002" in folder.write(base="region: us-east-2\ninstance_group_settings: [workers]\n").findings()


def test_d30_only_own_stacks_are_listed(stackgen, aws):
    template = json.dumps({"Resources": {"T": {"Type": "AWS::SNS::Topic"}}})
    aws.client("cloudformation", "us-east-2").create_stack(StackName="other", TemplateBody=template)
    Folder(stackgen).write()
    created = stackgen("create", "--wait", "--output", "json").json()
    listed = stackgen("list", "--region", "us-east-2", "--output", "json").out
    assert created["stack_name"] in listed
    assert '"other"' not in listed


def test_d31_a_stack_that_is_not_there_is_said_to_be_that(stackgen):
    done = stackgen("describe", "nothing", "--region", "us-east-2", expect=None)
    assert done.status != 0
    assert "nothing" in done.err
    assert "not accessible" not in done.err


def test_d32_delete_waits(stackgen, aws):
    Folder(stackgen).write()
    created = stackgen("create", "--wait", "--output", "json").json()
    stackgen("delete", created["stack_name"], "--region", "us-east-2", "--yes", "--wait")
    summaries = aws.client("cloudformation", "us-east-2").list_stacks()["StackSummaries"]
    assert {item["StackStatus"] for item in summaries if item["StackId"] == created["stack_id"]} == {"DELETE_COMPLETE"}


def test_d33_deleting_nothing_is_no_success(stackgen):
    assert stackgen("delete", "nothing", "--region", "us-east-2", "--yes", expect=None).status != 0


def test_d34_the_newest_version_is_looked_for(stackgen, aws):
    Folder(stackgen).write()
    bucket, key = "aws-sagemaker-hyperpod-cluster-setup-us-east-2-prod", "templates/main-stack-eks-based-template.yaml"
    created = stackgen("create", "--output", "json").json()
    found = json.loads((Path(created["record"]) / "request.json").read_text())["template"]["object"]
    assert (found["bucket"], found["key"], found["version"]) == (bucket, f"1/{key}", 1)


def test_d35_the_readme_says_what_works(offline):
    offline("init", "cluster-stack", "--template", "hosted", "new", "--region", "us-east-2")
    readme = (offline.folder / "new" / "README.md").read_text()
    commands = re.findall(r"^    stackgen (\w+) \. ?(--dry-run)?", readme, re.MULTILINE)
    assert ("validate", "") in commands
    for name, option in commands:
        if name == "validate" or option:
            offline(name, "new", *([option] if option else []))


def test_d36_a_folder_can_be_named(folder):
    folder.program("configure", "--folder", str(folder.path), "storage_capacity=2400")
    folder.program("validate", str(folder.path))


def test_d37_a_lock_of_another_template_is_told_of(folder):
    (folder.path / ".hyp").write_text("hyp-pytorch-job")
    assert "HOST005" in folder.findings()
    (folder.path / ".hyp").write_text("cluster-stack\n")
    assert folder.findings() == {}


def test_d38_the_version_is_there_at_once(folder):
    import time

    start = time.monotonic()
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", folder.program("--version").out)
    assert time.monotonic() - start < 1.5


def test_d39_a_folder_that_is_taken_is_said_to_be(folder):
    done = folder.program("init", "cluster-stack", "--template", "hosted", ".", expect=4)
    assert "RUN003" in done.err


def test_d40_the_digits_of_the_lustre_version_stay(folder):
    findings = folder.write("file_system_type_version: 2.10\n").findings()
    assert findings, "PERSISTENT_2 begins with 2.12"
    folder.write("file_system_type_version: 2.12\n")
    assert folder.document()["Parameters"]["FileSystemTypeVersion"] == "2.12"


CASES = {
    "01": ("storage_capacty: 9600\n", {"SCHEMA001"}),
    "03": ("kubernetes_version: 1.3\n", {"SCHEMA007"}),
    "04": ("kubernetes_version: latest-please\n", {"SCHEMA007"}),
    "05": ('kubernetes_version: "1.12"\n', {"EKS001", "EKS002", "EKS003"}),
    "06": ("vpc_cidr: 10.999.0.0/16\n", {"SCHEMA007"}),
    "07": ("vpc_cidr: 10.0.0.0/8\n", {"NET001"}),
    "08": ("vpc_cidr: 10.0.0.1/16\n", {"NET002"}),
    "09": ("vpc_cidr: my-network\n", {"SCHEMA007"}),
    "10": ("vpc_cidr: 8.8.0.0/16\n", {"NET006"}),
    "11": ("availability_zone_ids: [us-east-2a, us-east-2b]\n", {"SCHEMA007"}),
    "12": ("availability_zone_ids: [usw2-az1, usw2-az2]\n", {"NET020"}),
    "13": ("availability_zone_ids: [use2-az1]\n", {"NET025"}),
    "14": ("availability_zone_ids: [use2-az1, use2-az1]\n", {"NET024"}),
    "15": ("availability_zone_ids: use2-az1,use2-az2\n", {"SCHEMA002"}),
    "16": ("availability_zone_ids: [use2-az2, use2-az3]\n", {"HOST018"}),
    "28": ("storage_capacity: 1300\n", {"FSX002"}),
    "29": ("storage_capacity: -1200\n", {"SCHEMA004"}),
    "30": ("storage_capacity: 1.2TiB\n", {"SCHEMA002"}),
    "31": ("per_unit_storage_throughput: 333\n", {"SCHEMA004"}),
    "32": ("data_compression_type: ZSTD\n", {"SCHEMA005"}),
    "34": ("file_system_type_version: 99.9\n", {"FSX005"}),
    "35": ("fsx_file_system_id: fs-0a1b2c3d4e5f60718\n", {"HOST010"}),
    "36": ("node_recovery: Sometimes\n", {"SCHEMA005"}),
    "37": ("node_provisioning_mode: Continuos\n", {"SCHEMA005"}),
    "39": ("create_vpc_stack: false\n", {"HOST011"}),
    "40": ("vpc_id: vpc-0a1b2c3d4e5f60718\n", {"HOST010"}),
    "41": ("private_subnet_ids: [subnet_1]\n", {"SCHEMA007"}),
    "42": ("create_vpc_stack: maybe\n", {"SCHEMA002"}),
    "43": ('create_vpc_stack: "yes"\n', {"HOST002"}),
    "44": ("hyperpod_cluster_name: a cluster with blanks in its name\n", {"SCHEMA007"}),
    "47": ("tags: {team: x}\n", {"SCHEMA002"}),
    "49": ("tags: [{Key: 'aws:team', Value: x}]\n", {"STK001"}),
    "50": ("tags: [{Key: a, Value: b}, {Key: a, Value: c}]\n", {"YAML010"}),
    "51": ("storage_capacity: 1200\nstorage_capacity: 9600\n", {"YAML010"}),
    "59": ("helm_operators: grafana.adminPassword=hunter2\n", {"HOST014"}),
    "60": ("create_fsx_stack: no\nstorage_capacity: 010\n", {"HOST002", "HOST003"}),
    "61": ("s3_bucket_name: My_Bucket\n", {"SCHEMA007"}),
    "64": ('hyperpod_cluster_name: "{{ 7*7 }}"\n', {"SCHEMA007"}),
    "67": (f"rig_settings:\n  - {GROUP.replace('workers', 'rig')}\n", {"HOST012"}),
    "68": ('helm_operators: ",,=,; rm -rf"\n', {"SCHEMA007"}),
    "quoted": ("rig_settings: '[{\"InstanceCount\": 1'\n", {"HOST004"}),
}
GROUPS = {
    "02": ("InstanceCount: 1", "InstanceCnt: 1", {"SCHEMA001"}),
    "17": ("InstanceCount: 1", "InstanceCount: -3", {"SCHEMA004"}),
    "18": ("InstanceCount: 1", "InstanceCount: many", {"SCHEMA002"}),
    "19": (f"  - {GROUP}\n", f"  - {GROUP}\n  - {GROUP}\n", {"GRP002"}),
    "45": ("team-a", "Team_A_PROD", {"SCHEMA007"}),
    "46": ("team-a", "a" * 80, {"SCHEMA009"}),
    "63": ("us-east-2", "eu-west-1", {"NET020"}),
    "20": ("ml.m5.4xlarge", "g5.8xlarge", {"SCHEMA007"}),
    "21": ("ml.m5.4xlarge", "ml.quantum.9000xlarge", {"GRP005"}),
    "22": (GROUP, "{}", {"SCHEMA003"}),
    "25": ("InstanceCount: 1", "InstanceCount: 1, ThreadsPerCore: 3", {"SCHEMA004"}),
    "26": (
        "InstanceCount: 1",
        "InstanceCount: 1, InstanceStorageConfigs: [{EbsVolumeConfig: {VolumeSizeInGB: 0}}]",
        {"SCHEMA004"},
    ),
    "66": ("InstanceCount: 1", "InstanceCount: 2.5", {"SCHEMA002"}),
}


@pytest.mark.parametrize("case", CASES)
def test_faulty_configurations_are_found(folder, case):
    """The experiment of 68 configurations, of which hyp took 59: those that are a key of the root."""
    text, expected = CASES[case]
    found = folder.write(text).findings()
    assert found.keys() & expected, found
    assert all(line for lines in found.values() for line in lines), "every finding has a place"


@pytest.mark.parametrize("case", GROUPS)
def test_faulty_groups_are_found(folder, case):
    """The same for those that are a change of what is there."""
    old, new, expected = GROUPS[case]
    found = folder.write(base=BASE.replace(old, new)).findings()
    assert found.keys() & expected, found


def test_a_file_without_a_header_is_none_of_hyp(folder):
    """Case 57; and case 55, a header alone."""
    assert folder.write(head="").findings().keys() == {"SCHEMA003"}
    assert folder.write(base="").findings().keys() == {"SCHEMA012"}


def test_the_page_has_every_row_and_every_key(folder):
    """docs/coming-from-hyp.md names each row that is tested here, and the keys as the program knows them."""
    page = (ROOT / "docs" / "coming-from-hyp.md").read_text()
    rows = sorted(set(re.findall(r"^def test_d(\d\d)_", Path(__file__).read_text(), re.MULTILINE)))
    assert [f"D{int(row)}" for row in rows] == re.findall(r"^\| (D\d+) \|", page, re.MULTILINE)
    table = folder.program("schema", "hosted-stack", "--format", "counterparts").out
    assert table in page


def test_hyp_takes_what_is_refused_here():
    """hyp itself, run beside: what it says of an unknown key and of a range that is none."""
    sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd" / "hyp"))
    from compare import python

    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import intercept; intercept.silence_telemetry();"
        "from sagemaker.hyperpod.cli.init_utils import validate_config_against_model as v;"
        "print(len(v({'storage_capacty': 9600, 'vpc_cidr': '10.999.0.0/16'}, 'cluster-stack', '1.0')))"
    )
    folder = ROOT / "Tests" / "EndToEnd" / "hyp"
    done = subprocess.run([str(python()), "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0", "hyp finds nothing wrong with either"
