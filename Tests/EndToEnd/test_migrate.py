"""The way over: `stackgen migrate` and `stackgen import tfvars`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HYP = Path(__file__).resolve().parent / "hyp"
sys.path.insert(0, str(HYP))

from compare import python  # noqa: E402
from generate import Generator  # noqa: E402

VARIABLES = """\
resource_name_prefix = "team-a"
aws_region           = "us-west-2"   // where
kubernetes_version   = "1.33"
eks_cluster_name     = "team-a-eks"
public_subnet_1_cidr = "10.192.10.0/24"
existing_vpc_id      = ""
/* two forms
   of groups */
instance_groups = [
  {
    name = "gpu", instance_type = "ml.g5.8xlarge", instance_count = 8
    ebs_volume_size_in_gb = 100
    threads_per_core      = 2
    enable_stress_check = true
    enable_connectivity_check = true
    lifecycle_script     = "on_create.sh"
    availability_zone_id = "usw2-az2"
  },
]
create_new_fsx_filesystem = true
fsx_storage_capacity      = 2400
enable_mlflow             = false
helm_repo_revision        = "abc"
"""


@pytest.fixture(scope="session")
def scaffold(tmp_path_factory):
    """What `hyp init cluster-stack` writes."""
    folder = tmp_path_factory.mktemp("hyp") / "scaffold"
    subprocess.run([str(python()), str(HYP / "scaffold.py"), str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture
def folder(offline, scaffold):
    """A folder of hyp with comments that a person wrote."""
    target = Path(shutil.copytree(scaffold, offline.folder / "old"))
    config = target / "config.yaml"
    text = config.read_text()
    text = text.replace("storage_capacity: 1200", "# ask the data team\nstorage_capacity: 4800  # four of them")
    text = text.replace("stage: prod", "stage: prod  # never gamma")
    config.write_text(text.replace("instance_group_settings:", "instance_group_settings:\n  # the workers"))
    return target


def test_both_are_one_cluster(offline, folder):
    """The new configuration validates, and both evaluate to the same groups, network, file system and add-ons."""
    outcome = offline("migrate", "old", "--to", "new", "--output", "json").json()
    assert outcome["open"] == []
    rows = outcome["comparison"]["rows"]
    assert {row["subject"] for row in rows} >= {"cluster", "group default", "VPC", "zones", "EKS cluster", "FSx size"}
    assert any(row["subject"].startswith("add-on ") for row in rows)
    assert [row for row in rows if row["hosted"] != row["native"]] == []
    offline("validate", "new")
    offline("create", "new", "--dry-run")


def test_every_key_is_accounted_for(offline, folder):
    """What is written is mapped, changed or lost, with a reason where it is not the same."""
    outcome = offline("migrate", "old", "--output", "json").json()
    told = {step["key"] for part in ("mapped", "changed", "lost") for step in outcome[part]}
    written = {key for key, value in yaml.safe_load((folder / "config.yaml").read_text()).items() if value is not None}
    assert told == written
    assert all(step["reason"] for part in ("changed", "lost") for step in outcome[part])


def test_comments_of_a_person_are_carried(offline, folder):
    """At the keys that they spoke of; those that hyp wrote are not."""
    text = offline("migrate", "old").out
    assert "  # ask the data team\n  storage_gib: 4800  # four of them\n" in text
    assert "# the workers\ninstance_groups:\n" in text
    assert "# stage: never gamma" in text
    assert "Boolean" not in text


def test_existing_subnets_are_to_be_completed(offline):
    """Their zones are not in the flat file; nothing is guessed."""
    old = offline.folder / "old"
    old.mkdir()
    (old / "config.yaml").write_text(
        "# template: cluster-stack\nregion: us-east-2\nresource_name_prefix: a\ncreate_vpc_stack: false\n"
        "vpc_id: vpc-0a1b2c3d4e5f60718\nprivate_subnet_ids: [subnet-0a1b2c3d4e5f60718]\n"
        "eks_private_subnet_ids: [subnet-0a1b2c3d4e5f60719]\nprivate_route_table_ids: [rtb-0a1b2c3d4e5f60718]\n"
        "create_security_group_stack: false\nsecurity_group_ids: [sg-0a1b2c3d4e5f60718]\n"
    )
    done = offline("migrate", "old", expect=3)
    assert "vpc.subnets: the zone of subnet-0a1b2c3d4e5f60718" in done.err
    assert "subnet-0a1b2c3d4e5f60718" in done.out


def test_generated_configurations_stay_one_cluster(offline):
    """Configurations of hyp in all its spellings: whatever validates after the migration is the same cluster."""
    generator = Generator(11)
    compared = 0
    for index in range(25):
        case = generator.case()
        folder = offline.folder / str(index)
        folder.mkdir()
        (folder / "config.yaml").write_text(case.text)
        done = offline("migrate", str(index), "--region", case.region, "--output", "json", expect=None)
        assert done.status in (0, 3), done.err
        comparison = done.json().get("comparison")
        if comparison:
            compared += 1
            assert [row for row in comparison["rows"] if row["hosted"] != row["native"]] == [], case.text
    assert compared >= 5


GPU = "InstanceType: ml.g5.12xlarge, TargetAvailabilityZoneId: %s, ThreadsPerCore: 1"
FOLDERS = {
    # As a person edits the scaffold: Python-style groups, words of YAML 1.1, remarks in the middle.
    "edited": """\
# template: cluster-stack
# version: 1.0

# Our training cluster; ask Ada before changing it.
resource_name_prefix: ada
create_vpc_stack: yes
vpc_cidr: 10.20.0.0/16   # given by the network team
availability_zone_ids:
  - use2-az1
  - use2-az2
# two of each
instance_group_settings:
  - {'InstanceCount': 2, 'InstanceGroupName': 'gpu', 'InstanceType': 'ml.g5.8xlarge', 'TargetAvailabilityZoneId': 'use2-az2', 'ThreadsPerCore': 1, 'InstanceStorageConfigs': [{'EbsVolumeConfig': {'VolumeSizeInGB': 500}}]}
  - {'InstanceCount': 2, 'InstanceGroupName': 'cpu', 'InstanceType': 'ml.m5.4xlarge', 'TargetAvailabilityZoneId': 'use2-az1'}
create_fsx_stack: True
storage_capacity: 4800
fsx_availability_zone_id: use2-az2
tags:
  - {'Key': 'team', 'Value': 'ml'}
""",
    # JSON texts, several groups in one, classic provisioning, no file system.
    "texts": """\
# template: cluster-stack
# version: 1.0
region: us-west-2
resource_name_prefix: texts
availability_zone_ids: [usw2-az1, usw2-az2]
node_provisioning_mode: ""
node_recovery: "None"
instance_group_settings:
  - '[{"InstanceCount":1,"InstanceGroupName":"a","InstanceType":"ml.m5.4xlarge"},{"InstanceCount":3,"InstanceGroupName":"b","InstanceType":"ml.g5.8xlarge","OnStartDeepHealthChecks":["InstanceStress"]}]'
create_fsx_stack: no
helm_operators: mlflow.enabled=true,mpi-operator.enabled=false
""",
    # Everything that can exist does, but for the network.
    "existing": """\
# template: cluster-stack
# version: 1.0
region: eu-west-1
resource_name_prefix: shared
create_s3_endpoint_stack: false
create_s3_bucket_stack: false
s3_bucket_name: team-scripts  # with versioning
on_create_path: on_create.sh
instance_group_settings:
  - InstanceCount: 1
    InstanceGroupName: workers
    %s
    # this group alone
    ExecutionRole: arn:aws:iam::123456789012:role/nodes
    LifeCycleConfig: {SourceS3Uri: "s3://sagemaker-scripts/gpu", OnCreate: start.sh}
    KubernetesConfig:
      Labels: {role: training}
      Taints: [{Key: dedicated, Value: gpu, Effect: NoSchedule}]
create_fsx_stack: false
""" % (GPU % "euw1-az1").replace(", ", "\n    "),
    "restricted": """\
# template: cluster-stack
# version: 1.0
region: us-east-1
resource_name_prefix: nova
availability_zone_ids: [use1-az4, use1-az6]
instance_group_settings: []
rig_settings:
  - {InstanceCount: 4, InstanceGroupName: nova, InstanceType: ml.p5.48xlarge, TargetAvailabilityZoneId: use1-az6, EnvironmentConfig: {FSxLustreConfig: {SizeInGiB: 12000, PerUnitStorageThroughput: 125}}}
rig_s3_bucket_name: nova-data
node_provisioning_mode: ""
create_fsx_stack: false
""",
    # Twenty groups and the inference operator.
    "many": "# template: cluster-stack\n# version: 1.0\nregion: ap-northeast-1\nresource_name_prefix: many\n"
    "enable_hp_inference_feature: on\nkubernetes_version: 1.32\ninstance_group_settings:\n"
    + "".join(
        f"  - {{InstanceCount: {index}, InstanceGroupName: group-{index}, {GPU % 'apne1-az4'}}}  # row {index}\n"
        for index in range(20)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_quite_different_folders(offline, name):
    """Each migrated configuration validates, is the same cluster, and its template passes cfn-lint."""
    old = offline.folder / "old"
    old.mkdir()
    (old / "config.yaml").write_text(FOLDERS[name])
    outcome = offline("migrate", "old", "--to", "new", "--output", "json", expect=None).json()
    assert outcome["open"] == []
    assert [row for row in outcome["comparison"]["rows"] if row["hosted"] != row["native"]] == []
    text = (offline.folder / "new" / "config.yaml").read_text()
    for remark in re.findall(r"# (?!template:|version:)(.+)", FOLDERS[name]):
        assert remark in text, f"the remark is lost: {remark}"
    offline("validate", "new")
    offline("create", "new", "--dry-run", "--record", str(offline.folder / "record"))
    template = offline.folder / "record" / "cfn_params.yaml"
    region = yaml.safe_load(text)["region"]
    lint = [str(Path(sys.executable).parent / "cfn-lint"), "--regions", region, "--", str(template)]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_no_folder_of_hyp_is_refused(offline):
    offline("init", "cluster-stack", "native")
    assert "RUN005" in offline("migrate", "native", expect=2).err


def test_variables_of_terraform(offline):
    """What has a counterpart is there; what has none is listed."""
    (offline.folder / "terraform.tfvars").write_text(VARIABLES)
    outcome = offline("import", "tfvars", "terraform.tfvars", "--to", "new", "--output", "json").json()
    assert outcome["unmapped"] == ["public_subnet_1_cidr", "helm_repo_revision"]
    assert outcome["open"] == []
    config = yaml.safe_load((offline.folder / "new" / "config.yaml").read_text())
    assert config["region"] == "us-west-2"
    assert config["instance_groups"] == [
        {"name": "gpu", "instance_type": "ml.g5.8xlarge", "count": 8, "availability_zone": "usw2-az2",
         "ebs_volume_gib": 100, "threads_per_core": 2,
         "deep_health_checks": ["InstanceStress", "InstanceConnectivity"]},
    ]  # fmt: skip
    assert config["fsx"]["storage_gib"] == 2400
    assert config["helm"]["operators"] == {"mlflow": False}
    offline("validate", "new")


# Every form of HCL that a variables file may have, and every variable of the modules that is set apart here.
ALL_FORMS = """\
# hash, and // behind a value, and /* blocks */
aws_region = "us-east-1" // where
/* availability_zone_id comes after the groups that
   it is for */
instance_groups = {}
restricted_instance_groups = {
  rig-1 = {
    instance_type = "ml.p5.48xlarge", instance_count = 2, ebs_volume_size_in_gb = 100
    threads_per_core : 1,
    enable_stress_check = false, "enable_connectivity_check" = false
    fsxl_per_unit_storage_throughput = 250, fsxl_size_in_gi_b = 4800, colour = "blue"
  }
}
availability_zone_id         = "use1-az6"
continuous_provisioning_mode = false
rig_input_s3_bucket          = "team-in"
rig_output_s3_bucket         = "team-\\u006fut"
hyperpod_cluster_name        = <<-EOT
    rig
EOT
private_subnet_cidrs = [
  "10.1.0.0/16", # first
  "10.2.0.0/16",
]
create_vpc_endpoints_module = false
create_hyperpod_inference_operator_module = true
create_hyperpod_training_operator_module = true
existing_nat_gateway_id = ""
gated_access = null
tags = { team = "ml", "cost center" = 1.5 }
"""


def test_every_form_of_a_variables_file(offline):
    (offline.folder / "rig.tfvars").write_text(ALL_FORMS.replace("    rig\nEOT", "    rig\n  EOT"))
    done = offline("import", "tfvars", "rig.tfvars", "--output", "json", expect=None)
    outcome = done.json()
    assert outcome["unmapped"] == [
        "existing_nat_gateway_id", "gated_access", "tags", "restricted_instance_groups[0].colour",
    ]  # fmt: skip
    config = yaml.safe_load(outcome["config"])
    assert config["restricted_instance_groups"] == [
        {"name": "rig-1", "instance_type": "ml.p5.48xlarge", "count": 2, "availability_zone": "use1-az6",
         "ebs_volume_gib": 100, "threads_per_core": 1, "fsx": {"size_gib": 4800, "throughput_mbps_per_tib": 250}},
    ]  # fmt: skip
    assert config["restricted_environment"] == {"input_bucket": "team-in", "output_bucket": "team-out"}
    assert config["vpc"]["secondary_cidrs"] == ["10.1.0.0/16", "10.2.0.0/16"]
    assert config["vpc"]["s3_gateway_endpoint"] is False
    assert config["addons"]["training_operator"]["enabled"] and config["addons"]["cert_manager"]["enabled"]
    assert config["addons"]["inference"]["enabled"]


def test_every_variable_is_mapped_or_listed(offline):
    """A file that sets each of the modules' variables: nothing is passed over in silence."""
    names = (Path(__file__).parent / "hyp" / "variables.txt").read_text().split()
    assert len(names) > 100
    (offline.folder / "all.tfvars").write_text("".join(f"{name} = null\n" for name in names))
    outcome = offline("import", "tfvars", "all.tfvars", "--output", "json", expect=None).json()
    assert sorted(outcome["mapped"] + outcome["unmapped"]) == sorted(names)
    assert len(outcome["mapped"]) > 60


@pytest.mark.parametrize(
    ("text", "place"),
    [('a = "${var.x}"\n', "1"), ('a = "\\u12"\n', "1"), ("a = \n", "1"), ("a = [1, 2\n", "2"), ('a = "x\n', "1"), ("a : 1\n", "1"), ("x = var.y\n", "1"), ("a = <<E\nb\n", "1")],
)  # fmt: skip
def test_a_broken_variables_file_has_its_place(offline, text, place):
    (offline.folder / "x.tfvars").write_text(text)
    done = offline("import", "tfvars", "x.tfvars", expect=2)
    assert "RUN015" in done.err
    assert "x.tfvars:" in done.err
