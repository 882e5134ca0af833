"""Configurations as people write them for `hyp`: right ones, in all the spellings that it takes."""

from __future__ import annotations

import json
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
PREFIXES = {"subnet": "subnet-", "sg": "sg-", "nat": "nat-", "rtb": "rtb-", "vpc": "vpc-", "fs": "fs-"}
SCALARS = {
    "kubernetes_version": ["1.31", "1.32", "1.33", "1.34", "1.30", '"1.30"'],
    "namespace": ["kube-system", "hyperpod"],
    "helm_release": ["dependencies", "hyperpod-dependencies"],
    "helm_repo_url": ["https://github.com/aws/sagemaker-hyperpod-cli.git", "https://github.com/team/fork.git"],
    "helm_repo_path": ["helm_chart/HyperPodHelmChart", "charts/hyperpod"],
    "node_provisioning_mode": ["Continuous"],
    "node_recovery": ["Automatic", "None"],
    "hyperpod_cluster_name": ["ml-cluster", "Team1", "a"],
    "eks_cluster_name": ["eks-cluster", "Eks_1"],
    "resource_name_prefix": ["team-a", "hyp-eks-stack", "x1"],
    "vpc_cidr": ["10.192.0.0/16", "10.0.0.0/16", "172.31.0.0/16", "192.168.0.0/16"],
    "stage": ["prod", "gamma"],
    "s3_bucket_name": ["s3-bucket", "scripts-1"],
    "github_raw_url": ["https://raw.githubusercontent.com/team/scripts/main/on_create.sh"],
    "on_create_path": ["on_create.sh", "sagemaker-hyperpod-eks-bucket"],
    "sagemaker_iam_role_name": ["create-cluster-role", "Role_1"],
    "per_unit_storage_throughput": ["125", "250", "500", "1000", '"250"', "1_000", "500.0"],
    "data_compression_type": ["NONE", "LZ4"],
    "file_system_type_version": ["2.12", "2.15", '"2.15"'],
    "storage_capacity": ["1200", "2400", "4800", '"9600"', "1200.0", "2_400", "1.2e+3", "' 4800 '", "+2400"],
    "custom_bucket_name": ["my-mirror", '""'],
    "rig_s3_bucket_name": ["my-restricted-bucket"],
    "helm_operators": ["mlflow.enabled=true,mpi-operator.enabled=false,health-monitoring-agent.enabled=true"],
}
# What may be written as an empty text for "none", as hyp's own defaults of three of them are.
ABSENT = ["vpc_id", "security_group_id", "rig_s3_bucket_name", "fsx_subnet_id", "fsx_file_system_id"]
SWITCHES = [
    "create_hyperpod_cluster_stack",
    "create_helm_chart_stack",
    "create_s3_endpoint_stack",
    "create_life_cycle_script_stack",
    "create_fsx_stack",
    "enable_hp_inference_feature",
]
# What exists where its switch is off, so its name has to be there.
NAMED = {
    "create_eks_cluster_stack": "eks_cluster_name",
    "create_s3_bucket_stack": "s3_bucket_name",
    "create_sagemaker_iam_role_stack": "sagemaker_iam_role_name",
}
TRUE = ["True", "true", "TRUE", "yes", "Yes", "on", "ON", '"true"', "'yes'", "1", "y", "t", "1.0"]
FALSE = ["False", "false", "FALSE", "no", "No", "off", "OFF", '"false"', "'off'", "0", "n", "F", "0.0"]
NOTHING = ["", "null", "~", "Null", "NULL"]


@dataclass
class Case:
    """A configuration with the region that it is for."""

    region: str
    lines: list[str] = field(default_factory=list)
    newline: str = "\n"
    keys: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The file."""
        return self.newline.join("\n".join(self.lines).split("\n")) + self.newline


class Generator:
    """Makes configurations; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def case(self) -> Case:
        """Return the next configuration."""
        pick = self.random
        region = pick.choice(list(ZONES))
        keys: dict[str, str] = {}
        often = pick.choice([0.1, 0.6, 0.6, 0.95])
        for key, values in SCALARS.items():
            if pick.random() < (0.85 if key == "helm_operators" else often):
                keys[key] = self._quoted(pick.choice(values)) if pick.random() < 0.95 else pick.choice(NOTHING)
        for key in SWITCHES:
            if pick.random() < 0.6:
                keys[key] = pick.choice(TRUE if pick.random() < 0.6 else FALSE)
        zones = self._zones(keys, region)
        self._network(keys)
        self._existing(keys)
        self._groups(keys, zones)
        self._settle(keys)
        if pick.random() < 0.4:
            keys["tags"] = self._list([self._flow(tag) for tag in self._tags()]) if pick.random() < 0.8 else "[]"
        for key in ABSENT:
            if key not in keys and pick.random() < 0.1:
                keys[key] = pick.choice(['""', "''", *NOTHING])
        return self._written(region, keys)

    # How a file is written.

    def _written(self, region: str, keys: dict[str, str]) -> Case:
        pick = self.random
        case = Case(region, ["# template: cluster-stack", "# version: 1.0", ""], keys=set(keys))
        case.newline = "\r\n" if pick.random() < 0.05 else "\n"
        if pick.random() < 0.1:
            case.lines.append("---")
        names = list(keys)
        pick.shuffle(names)
        # A file of its own style: flat JSON is YAML too.
        blocks = any("\n" in value for value in keys.values())
        if not blocks and pick.random() < 0.3:
            case.lines += ["{", *[f"  {json.dumps(name)}: {self._in_flow(keys[name])}," for name in names], "}"]
            return case
        for name in names:
            if pick.random() < 0.2:
                case.lines.append(f"# {name} of the cluster")
            spelled = json.dumps(name) if pick.random() < 0.05 else name
            value = keys[name] if keys[name].startswith("\n") else " " * pick.choice([1, 1, 1, 4]) + keys[name]
            tail = "  # as agreed" if pick.random() < 0.1 and "\n" not in value and value.strip() else ""
            case.lines.append(f"{spelled}:{value}{tail}")
            if pick.random() < 0.1:
                case.lines.append("")
        return case

    def _quoted(self, value: str) -> str:
        if value[0] in "\"'" or self.random.random() < 0.7:
            return value
        if value.strip("+").replace(".", "").replace("_", "").replace("e+", "").isdigit() and (
            "e" in value or self.random.random() < 0.5
        ):
            return value
        return f'"{value}"' if self.random.random() < 0.5 else f"'{value}'"

    @staticmethod
    def _in_flow(value: str) -> str:
        """A comma ends a plain text inside a flow map."""
        return json.dumps(value) if "," in value and value[0] not in "[\"'" else value or "null"

    def _list(self, items: list[str]) -> str:
        if self.random.random() < 0.5 or any("\n" in item for item in items):
            indent = self.random.choice(["  ", "", "    "]) if not any("\n" in item for item in items) else "  "
            return "".join(f"\n{indent}- {item}" for item in items)
        return "[" + ", ".join(items) + "]"

    def _flow(self, value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self._flow(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self._flow(item) for item in value) + "]"
        return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else str(value)

    def _odd_json(self, value: object) -> str:
        """JSON as people and programs space it."""
        pick = self.random

        def blank() -> str:
            return pick.choice(["", "", " ", "  "])

        if isinstance(value, dict):
            members = [f"{blank()}{json.dumps(key)}{blank()}:{blank()}{self._odd_json(item)}" for key, item in value.items()]
            return "{" + ",".join(members) + blank() + "}"
        if isinstance(value, list):
            return "[" + ",".join(blank() + self._odd_json(item) for item in value) + blank() + "]"
        return json.dumps(value)

    # What a file says.

    def _zones(self, keys: dict[str, str], region: str) -> list[str]:
        """Return the zones that groups may be in."""
        pick = self.random
        known = ZONES[region]
        if pick.random() < 0.4:
            if pick.random() < 0.3:
                keys["availability_zone_ids"] = pick.choice([*NOTHING, "[]"])
            return known[:2]
        zones = pick.sample(known, pick.randint(2, len(known)))
        keys["availability_zone_ids"] = self._list(zones)
        if pick.random() < 0.6:
            keys["fsx_availability_zone_id"] = pick.choice(zones)
        return zones

    def _network(self, keys: dict[str, str]) -> None:
        pick = self.random
        if pick.random() < 0.3:
            keys["create_vpc_stack"] = pick.choice(FALSE)
            keys["vpc_id"] = self._id("vpc")
            keys["private_subnet_ids"] = self._list([self._id("subnet") for _ in range(pick.randint(1, 3))])
            keys["eks_private_subnet_ids"] = self._list([self._id("subnet") for _ in range(2)])
            keys["private_route_table_ids"] = self._list([self._id("rtb") for _ in range(pick.randint(1, 2))])
            if pick.random() < 0.5:
                keys["nat_gateway_ids"] = self._list([self._id("nat")])
            if pick.random() < 0.5:
                keys["fsx_subnet_id"] = self._id("subnet")
        elif pick.random() < 0.8:
            keys["create_vpc_stack"] = pick.choice(TRUE)
        if pick.random() < 0.3:
            keys["create_security_group_stack"] = pick.choice(FALSE)
            keys["security_group_ids"] = self._list([self._id("sg") for _ in range(pick.randint(1, 2))])
            if pick.random() < 0.5:
                keys["security_group_id"] = self._id("sg")
        elif pick.random() < 0.5:
            keys["create_security_group_stack"] = pick.choice(TRUE)

    def _existing(self, keys: dict[str, str]) -> None:
        pick = self.random
        for switch, name in NAMED.items():
            if pick.random() < 0.25:
                keys[switch] = pick.choice(FALSE)
                if keys.get(name, "") in NOTHING:
                    keys[name] = pick.choice(SCALARS[name])
            elif pick.random() < 0.5:
                keys[switch] = pick.choice(TRUE)
        if pick.random() < 0.15:
            keys["create_fsx_stack"] = pick.choice(FALSE)
            keys["fsx_file_system_id"] = self._id("fs")

    def _settle(self, keys: dict[str, str]) -> None:
        """A new EKS cluster needs the chart."""
        if keys.get("create_helm_chart_stack") in FALSE and keys.get("create_eks_cluster_stack") not in FALSE:
            keys["create_helm_chart_stack"] = self.random.choice(TRUE)

    def _groups(self, keys: dict[str, str], zones: list[str]) -> None:
        pick = self.random
        if pick.random() < 0.1:
            self._restricted(keys, zones)
            return
        count = pick.choice([1, 1, 2, 3, 7, 20])
        uncommon = pick.random() < 0.3
        groups = [self._group(index, zones, uncommon=uncommon) for index in range(count)]
        keys["instance_group_settings"] = self._slots(groups)
        if pick.random() < 0.3:
            keys["rig_settings"] = pick.choice(["[]", *NOTHING])

    def _restricted(self, keys: dict[str, str], zones: list[str]) -> None:
        pick = self.random
        groups = [self._group(index, zones, uncommon=False) for index in range(pick.randint(1, 3))]
        for group in groups:
            group["InstanceType"] = "ml.p5.48xlarge"
            group.pop("InstanceStorageConfigs", None)
            if pick.random() < 0.6:
                group["EnvironmentConfig"] = {"FSxLustreConfig": {"SizeInGiB": 12000, "PerUnitStorageThroughput": 125}}
        keys["instance_group_settings"] = "[]"
        keys["rig_settings"] = self._slots(groups)
        keys["rig_s3_bucket_name"] = "my-restricted-bucket"
        keys["node_provisioning_mode"] = pick.choice(['""', "''"])

    def _slots(self, groups: list[dict[str, object]]) -> str:
        """Items as hyp takes them: a group, a list of groups, or the JSON text of a list."""
        items: list[str] = []
        rest = list(groups)
        while rest:
            roll = self.random.random()
            size = min(len(rest), self.random.randint(1, 3))
            if roll < 0.06:
                items.append(self._flow(rest[:size]))
            elif roll < 0.1 and size > 1:
                size = 2
                items += [f"&first{len(items)} {self._flow(rest[0])}"]
                items += [f"{{<<: *first{len(items) - 1}, InstanceGroupName: {rest[1]['InstanceGroupName']}}}"]
            elif roll < 0.18:
                text = self._odd_json(rest[:size])
                items.append(json.dumps(text) if self.random.random() < 0.3 else f"'{text}'")
            else:
                size = 1
                items.append(self._spelled(rest[0]))
            rest = rest[size:]
        return self._list(items)

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
        if pick.random() < 0.1:
            group["KubernetesConfig"] = {"Labels": {"role": "training", "tier_1": "a"}}
        if pick.random() < 0.1:
            group["InstanceStorageConfigs"] = [{"EbsVolumeConfig": {"VolumeSizeInGB": 200, "RootVolume": False}}]
        if pick.random() < 0.05:
            group["InstanceCount"] = str(group["InstanceCount"])

    def _spelled(self, group: dict[str, object]) -> str:
        """Write a group as hyp does, as JSON does, as a block, or in snake case."""
        roll = self.random.random()
        if roll < 0.4:
            return repr(group)
        if roll < 0.5:
            return self._flow(group)
        if roll < 0.6:
            return self._odd_json(group)
        nested = {"LifeCycleConfig", "OverrideVpcConfig", "InstanceStorageConfigs", "EnvironmentConfig", "KubernetesConfig"}
        if roll < 0.8 and not set(group) & nested:
            return self._flow({self._snake(key): value for key, value in group.items()})
        return "\n    ".join(f"{key}: {self._flow(value)}" for key, value in group.items())

    @staticmethod
    def _snake(key: str) -> str:
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key).lstrip("_")

    def _tags(self) -> list[dict[str, str]]:
        names = ["team", "cost-center", "Übung", "project"]
        count = self.random.randint(1, 4)
        return [{"Key": name, "Value": self.random.choice(["ml", "a b", "1", "grün", ""])} for name in names[:count]]

    def _id(self, kind: str) -> str:
        return PREFIXES[kind] + f"{self.random.getrandbits(68):017x}"
