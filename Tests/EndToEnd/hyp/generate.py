"""Configurations as people write them for `hyp`: right ones, in all the spellings that it takes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

ZONES = {
    "us-east-2": ["use2-az1", "use2-az2", "use2-az3"],
    "us-west-2": ["usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4"],
    "us-east-1": ["use1-az1", "use1-az2", "use1-az4", "use1-az5", "use1-az6"],
    "eu-west-1": ["euw1-az1", "euw1-az2", "euw1-az3"],
    "ap-northeast-1": ["apne1-az1", "apne1-az2", "apne1-az4"],
}
TYPES = ["ml.t3.medium", "ml.c5.2xlarge", "ml.m5.4xlarge", "ml.g5.8xlarge", "ml.g5.12xlarge", "ml.p5.48xlarge"]
PREFIXES = {"subnet": "subnet-", "sg": "sg-", "nat": "nat-", "rtb": "rtb-", "vpc": "vpc-"}
SCALARS = {
    "kubernetes_version": ["1.31", "1.32", "1.33", "1.34"],
    "namespace": ["kube-system", "hyperpod"],
    "helm_release": ["dependencies", "hyperpod-dependencies"],
    "helm_repo_path": ["helm_chart/HyperPodHelmChart"],
    "node_provisioning_mode": ["Continuous"],
    "node_recovery": ["Automatic", "None"],
    "hyperpod_cluster_name": ["ml-cluster", "Team1", "a"],
    "eks_cluster_name": ["eks-cluster", "Eks_1"],
    "resource_name_prefix": ["team-a", "hyp-eks-stack", "x1"],
    "vpc_cidr": ["10.192.0.0/16", "10.0.0.0/16", "172.31.0.0/16", "192.168.0.0/16"],
    "stage": ["prod", "gamma"],
    "s3_bucket_name": ["s3-bucket", "scripts-1"],
    "on_create_path": ["on_create.sh", "sagemaker-hyperpod-eks-bucket"],
    "sagemaker_iam_role_name": ["create-cluster-role", "Role_1"],
    "per_unit_storage_throughput": ["125", "250", "500", "1000", '"250"'],
    "data_compression_type": ["NONE", "LZ4"],
    "file_system_type_version": ["2.12", "2.15"],
    "storage_capacity": ["1200", "2400", "4800", '"9600"', "1200.0"],
    "custom_bucket_name": ["my-mirror", '""'],
    "helm_operators": ["mlflow.enabled=true,mpi-operator.enabled=false,health-monitoring-agent.enabled=true"],
}
SWITCHES = [
    "create_hyperpod_cluster_stack",
    "create_s3_endpoint_stack",
    "create_life_cycle_script_stack",
    "create_fsx_stack",
    "enable_hp_inference_feature",
]
TRUE = ["True", "true", "TRUE", "yes", "Yes", "on", "ON", '"true"', "'yes'", "1"]
FALSE = ["False", "false", "FALSE", "no", "No", "off", "OFF", '"false"', "'off'", "0"]


@dataclass
class Case:
    """A configuration with the region that it is for."""

    region: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The file."""
        return "\n".join(self.lines) + "\n"


class Generator:
    """Makes configurations; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def case(self) -> Case:
        """Return the next configuration."""
        pick = self.random
        region = pick.choice(list(ZONES))
        keys: dict[str, str] = {}
        for key, values in SCALARS.items():
            if pick.random() < (0.85 if key == "helm_operators" else 0.6):
                keys[key] = self._quoted(pick.choice(values)) if pick.random() < 0.95 else ""
        for key in SWITCHES:
            if pick.random() < 0.6:
                keys[key] = pick.choice(TRUE if pick.random() < 0.6 else FALSE)
        zones = self._zones(keys, region)
        self._network(keys)
        self._groups(keys, zones, region)
        if pick.random() < 0.4:
            keys["tags"] = self._list([self._flow(tag) for tag in self._tags()])
        case = Case(region, ["# template: cluster-stack", "# version: 1.0", ""])
        names = list(keys)
        pick.shuffle(names)
        for name in names:
            if pick.random() < 0.2:
                case.lines.append(f"# {name} of the cluster")
            case.lines.append(f"{name}:{keys[name] if keys[name].startswith(chr(10)) else ' ' + keys[name]}")
        return case

    def _quoted(self, value: str) -> str:
        if value.startswith('"') or self.random.random() < 0.7:
            return value
        if value.replace(".", "").isdigit() and self.random.random() < 0.5:
            return value
        return f'"{value}"' if self.random.random() < 0.5 else f"'{value}'"

    def _zones(self, keys: dict[str, str], region: str) -> list[str]:
        """Return the zones that groups may be in."""
        pick = self.random
        known = ZONES[region]
        roll = pick.random()
        if roll < 0.4:
            return known[:2]
        zones = pick.sample(known, pick.randint(2, len(known)))
        keys["availability_zone_ids"] = self._list(zones)
        if pick.random() < 0.6:
            keys["fsx_availability_zone_id"] = pick.choice(zones)
        return zones

    def _network(self, keys: dict[str, str]) -> None:
        pick = self.random
        if pick.random() < 0.25:
            keys["create_vpc_stack"] = pick.choice(FALSE)
            keys["vpc_id"] = self._id("vpc")
            keys["private_subnet_ids"] = self._list([self._id("subnet") for _ in range(pick.randint(1, 3))])
            keys["eks_private_subnet_ids"] = self._list([self._id("subnet") for _ in range(2)])
            keys["private_route_table_ids"] = self._list([self._id("rtb") for _ in range(pick.randint(1, 2))])
            if pick.random() < 0.5:
                keys["nat_gateway_ids"] = self._list([self._id("nat")])
            if pick.random() < 0.5:
                keys["fsx_subnet_id"] = self._id("subnet")
        else:
            keys["create_vpc_stack"] = pick.choice(TRUE)
        if pick.random() < 0.25:
            keys["create_security_group_stack"] = pick.choice(FALSE)
            keys["security_group_ids"] = self._list([self._id("sg") for _ in range(pick.randint(1, 2))])
            if pick.random() < 0.5:
                keys["security_group_id"] = self._id("sg")

    def _groups(self, keys: dict[str, str], zones: list[str], region: str) -> None:
        pick = self.random
        count = pick.choice([1, 1, 2, 3, 7, 20])
        uncommon = pick.random() < 0.3
        groups = [self._group(index, zones, uncommon=uncommon) for index in range(count)]
        keys["instance_group_settings"] = self._list([self._spelled(group) for group in groups])
        if pick.random() < 0.3:
            keys["rig_settings"] = pick.choice(["", " []", " null", " ~"])

    def _group(self, index: int, zones: list[str], *, uncommon: bool) -> dict[str, object]:
        pick = self.random
        group: dict[str, object] = {
            "InstanceCount": pick.randint(0, 64),
            "InstanceGroupName": f"group-{index}",
            "InstanceType": pick.choice(TYPES),
            "TargetAvailabilityZoneId": pick.choice(zones),
        }
        if pick.random() < 0.6:
            group["ThreadsPerCore"] = 1
        if pick.random() < 0.6:
            group["InstanceStorageConfigs"] = [{"EbsVolumeConfig": {"VolumeSizeInGB": pick.randint(1, 16384)}}]
        if uncommon:
            self._add_uncommon(group)
        entries = list(group.items())
        pick.shuffle(entries)
        return dict(entries)

    def _add_uncommon(self, group: dict[str, object]) -> None:
        """Add keys of the SageMaker API that hyp mangles."""
        pick = self.random
        if pick.random() < 0.15:
            group["LifeCycleConfig"] = {"SourceS3Uri": "s3://sagemaker-scripts/gpu", "OnCreate": "on_create.sh"}
        if pick.random() < 0.15:
            group["OnStartDeepHealthChecks"] = ["InstanceStress"]
        if pick.random() < 0.15:
            group["ExecutionRole"] = "arn:aws:iam::123456789012:role/nodes"
        if pick.random() < 0.1:
            group["OverrideVpcConfig"] = {"SecurityGroupIds": [self._id("sg")], "Subnets": [self._id("subnet")]}

    def _spelled(self, group: dict[str, object]) -> str:
        """Write a group as hyp does, as JSON does, as a block, or in snake case."""
        roll = self.random.random()
        if roll < 0.4:
            return repr(group)
        if roll < 0.6:
            return self._flow(group)
        if roll < 0.8 and not set(group) & {"LifeCycleConfig", "OverrideVpcConfig", "InstanceStorageConfigs"}:
            return self._flow({self._snake(key): value for key, value in group.items()})
        return "\n    ".join(f"{key}: {self._flow(value)}" for key, value in group.items())

    @staticmethod
    def _snake(key: str) -> str:
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key).lstrip("_")

    def _flow(self, value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self._flow(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self._flow(item) for item in value) + "]"
        return f'"{value}"' if isinstance(value, str) else str(value)

    def _tags(self) -> list[dict[str, str]]:
        names = ["team", "cost-center", "Übung", "project"]
        return [{"Key": name, "Value": self.random.choice(["ml", "a b", "1", "grün", ""])} for name in names[:2]]

    def _list(self, items: list[str]) -> str:
        if self.random.random() < 0.5 or any("\n" in item for item in items):
            return "".join(f"\n  - {item}" for item in items)
        return "[" + ", ".join(items) + "]"

    def _id(self, kind: str) -> str:
        return PREFIXES[kind] + f"{self.random.getrandbits(68):017x}"
