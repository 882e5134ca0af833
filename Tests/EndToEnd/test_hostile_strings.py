"""No value of a configuration can change the structure of the template."""

from __future__ import annotations

import unicodedata

import pytest
import yaml
from conftest import records

HOSTILE = [
    "it's \"quoted\" 'twice'",
    "key: value # comment",
    "first line\nsecond: line\n  third",
    "{{ 7 * 7 }} {% for x in y %} {# c #}",
    "!Ref Vpc",
    "${AWS::AccountId} $${x} ${!literal}",
    "- item\n- item",
    "🚀 emoji ünïcödé 漢字 \u200d\ufeff",
    "*alias &anchor <<: *merge",
    "null",
    "true",
    "1.30",
    "0x1F",
    "  leading and trailing  ",
    "tab\there, backslash \\ and \\n",
    "\u2028 separators \u2029",
    "]}, Resources: {Evil: {Type: AWS::IAM::User}}",
    "@at `tick` %percent |pipe >fold",
]


class Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms as plain values."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: {suffix: node.value})


def load(path):
    return yaml.load(path.read_text(), Loader)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_values_come_through_unchanged(offline, text):
    offline("init", "cluster-stack", "c", "--example", "talk")
    config = offline.folder / "c" / "config.yaml"
    document = yaml.safe_load(config.read_text())
    plain = offline.folder / "plain"
    plain.mkdir()
    # 1.33 and 1.0 are texts in our reading of YAML, numbers in PyYAML's.
    document["eks"]["version"] = "1.33"
    document["version"] = "1.0"
    if "fsx" in document and "lustre_version" in document["fsx"]:
        document["fsx"]["lustre_version"] = "2.15"
    document["tags"] = {"team": "ml-platform"}
    (plain / "config.yaml").write_text(yaml.safe_dump(document, allow_unicode=True))
    document["description"] = text
    document["tags"] = {"note": text}
    document["allow"] = [{"rule": "STK002", "reason": "what any text does to the template is tested here"}]
    # SageMaker takes no control characters in its descriptions (rule GOV011).
    printable = "".join(c for c in text if not unicodedata.category(c).startswith("C"))
    document["task_governance"]["description"] = printable
    document["task_governance"]["teams"][0]["description"] = printable
    config.write_text(yaml.safe_dump(document, allow_unicode=True))

    offline("create", "plain", "--dry-run")
    offline("create", "c", "--dry-run")
    expected = load(records(plain)[0] / "cfn_params.yaml")
    actual = load(records(offline.folder / "c")[0] / "cfn_params.yaml")
    assert actual["Description"] == text
    resources = actual["Resources"]
    scheduler = next(r for r in resources.values() if r["Type"] == "AWS::SageMaker::ClusterSchedulerConfig")
    assert scheduler["Properties"]["Description"] == printable
    quotas = [r for r in resources.values() if r["Type"] == "AWS::SageMaker::ComputeQuota"]
    assert printable in [quota["Properties"].get("Description") for quota in quotas]
    vpc = next(r for r in resources.values() if r["Type"] == "AWS::EC2::VPC")
    assert {"Key": "note", "Value": text} in vpc["Properties"]["Tags"]
    assert resources.keys() == expected["Resources"].keys()
    for name, resource in resources.items():
        assert resource["Type"] == expected["Resources"][name]["Type"]
