"""`stackgen preflight`: what only AWS knows, each at the line of the configuration that needs it."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
import scripted_aws
from conftest import Stackgen, copy_example
from scripted_aws import answer, ec2_error, error, xml, xml_error

USER = "arn:aws:iam::123456789012:user/builder"
HANDLERS = {
    "AWS::EC2::VPC": ["ec2:CreateVpc", "ec2:Describe*"],
    "AWS::EC2::Subnet": ["ec2:CreateSubnet"],
    "AWS::SageMaker::Cluster": ["sagemaker:CreateCluster", "iam:PassRole"],
}


def quota(code: str, name: str, value: float) -> dict:
    return {"QuotaCode": code, "QuotaName": name, "Value": value, "Adjustable": True}


def decisions(form: dict, denied: dict[str, str] | None = None) -> tuple:
    """Allow everything but what is denied."""
    actions = [value for key, value in form.items() if key.startswith("ActionNames.member.")]
    members = "".join(
        f"<member><EvalActionName>{action}</EvalActionName>"
        f"<EvalDecision>{(denied or {}).get(action, 'allowed')}</EvalDecision></member>"
        for action in actions
    )
    return xml("SimulatePrincipalPolicy", f"<EvaluationResults>{members}</EvaluationResults><IsTruncated>false</IsTruncated>")


def offerings(form: dict, zones: tuple[str, ...] = ("use1-az4", "use1-az6", "euc1-az1", "euc1-az2")) -> tuple:
    """Every type that is asked for, in these zones."""
    types = [value for key, value in form.items() if key.startswith("Filter.1.Value.")]
    items = "".join(
        f"<item><instanceType>{type_}</instanceType><locationType>availability-zone-id</locationType>"
        f"<location>{zone}</location></item>"
        for type_ in types
        for zone in zones
    )
    body = f"<instanceTypeOfferingSet>{items}</instanceTypeOfferingSet>"
    return 200, "text/xml", f"<DescribeInstanceTypeOfferingsResponse>{body}</DescribeInstanceTypeOfferingsResponse>"


def described(form: dict) -> tuple:
    schema = json.dumps({"handlers": {"create": {"permissions": HANDLERS.get(form["TypeName"], [])}}})
    return xml("DescribeType", f"<TypeName>{form['TypeName']}</TypeName><Schema>{schema.replace('&', '&amp;')}</Schema>")


@pytest.fixture
def scripted(aws):
    """An account in which all is well, in front of the local AWS."""
    scripted, server = scripted_aws.serve(aws.endpoint)
    scripted.on("GetCallerIdentity", xml("GetCallerIdentity", f"<Account>123456789012</Account><Arn>{USER}</Arn><UserId>AIDA</UserId>"))
    scripted.on("SimulatePrincipalPolicy", decisions)
    scripted.on("DescribeType", described)
    scripted.on("DescribeInstanceTypeOfferings", offerings)
    scripted.on(
        "ListServiceQuotas",
        lambda request: answer({"Quotas": [quota("L-1", "ml.t3.2xlarge for cluster usage", 6.0)], "NextToken": "2"})
        if "NextToken" not in request
        else answer({"Quotas": [quota("L-2", "ml.g5.12xlarge for cluster usage", 4.0), quota("L-3", "ml.g5.8xlarge for cluster usage", 9.0)]}),
    )
    scripted.on("ListAWSDefaultServiceQuotas", answer({"Quotas": []}))
    scripted.on("GetServiceQuota", lambda request: answer({"Quota": quota(request["QuotaCode"], "quota " + request["QuotaCode"], 5000.0)}))
    yield scripted
    server.shutdown()


@pytest.fixture
def preflight(tmp_path, scripted, environment):
    """Run preflight on the talk's cluster; give its findings by id and the run."""
    folder = tmp_path / "work"
    folder.mkdir()
    stackgen = Stackgen(folder, environment | {"AWS_ENDPOINT_URL": scripted.endpoint, "AWS_MAX_ATTEMPTS": "1"})

    def run(name: str = "talk", change=lambda text: text, expect: int = 0, **variables):
        config = copy_example(name, folder / name) / "config.yaml"
        config.write_text(change(config.read_text()))
        done = stackgen("preflight", name, "--output", "json", expect=expect, **variables)
        report = done.json()
        found = {}
        for entry in report["diagnostics"]:
            line = entry["range"]["start"]["line"] if "range" in entry else None
            text = config.read_text().splitlines()[line - 1] if line else None
            found.setdefault(entry["id"], []).append((entry["severity"], entry["message"], text))
        return found, report

    run.stackgen = stackgen
    return run


@pytest.fixture
def data(aws):
    """The bucket that the talk's cluster reads from."""
    aws.client("s3").create_bucket(Bucket="my-training-data")


def test_all_is_well(preflight, scripted, data):
    found, report = preflight()
    assert found == {}
    assert report["passed"] is True and report["account"] == "123456789012" and report["caller"] == USER
    assert {check["status"] for check in report["checks"]} == {"passed"}
    assert len(report["checks"]) == 16
    assert not [name for name in scripted.asked if re.match("(Create|Delete|Put|Update|PUT|DELETE)", name)]


def test_quotas_count_what_is_in_use(preflight, scripted, data):
    scripted.on("ListClusters", answer({"ClusterSummaries": [{"ClusterArn": "arn:x", "ClusterName": "old", "ClusterStatus": "InService"}]}))
    scripted.on(
        "DescribeCluster",
        answer(
            {
                "ClusterArn": "arn:x",
                "ClusterStatus": "InService",
                "InstanceGroups": [{"InstanceType": "ml.g5.12xlarge", "CurrentCount": 1, "TargetCount": 3}],
            }
        ),
    )
    scripted.on(
        "GetServiceQuota",
        lambda request: answer({"Quota": quota(request["QuotaCode"], "quota", 0.0 if request["QuotaCode"] == "L-0263D0A3" else 5000.0)}),
    )
    found, report = preflight(expect=4)
    assert found["PRE005"] == [
        (
            "error",
            "the quota `ml.g5.12xlarge for cluster usage` is 4, 3 are in use, and 4 are needed",
            "    instance_type: ml.g5.12xlarge",
        )
    ]
    ((severity, message, _),) = found["PRE006"]
    assert severity == "error" and message.startswith("the quota `quota` is 0, 0 are in use, and 1 is needed")
    assert report["passed"] is False
    fixes = [entry["fix"]["description"] for entry in report["diagnostics"] if entry["id"] == "PRE005"]
    assert fixes == [
        "aws service-quotas request-service-quota-increase --service-code sagemaker --quota-code L-2 --desired-value 7"
    ]


def test_zones_types_and_buckets(preflight, scripted):
    scripted.on("DescribeInstanceTypeOfferings", lambda form: offerings(form, ("use1-az1",)))
    scripted.on(
        "DescribeType",
        lambda form: xml_error("TypeNotFoundException", status=404) if "ComputeQuota" in form["TypeName"] else described(form),
    )
    scripted.on(
        "DescribeAvailabilityZones",
        (
            200,
            "text/xml",
            "<DescribeAvailabilityZonesResponse><availabilityZoneInfo>"
            "<item><zoneName>us-east-1f</zoneName><zoneId>use1-az6</zoneId><zoneState>impaired</zoneState></item>"
            "</availabilityZoneInfo></DescribeAvailabilityZonesResponse>",
        ),
    )
    chart = "/aws-sagemaker-hyperpod-cluster-setup-us-east-1-prod/templates/helm-chart-template.yaml"
    scripted.on(f"HEAD {chart}", (404, "text/xml", ""))
    found, _ = preflight(expect=4)
    assert sorted(finding[:2] for finding in found["PRE003"]) == [
        ("error", "the account has no zone `use1-az4` in us-east-1"),
        ("warning", "the zone `use1-az6` is impaired"),
    ]
    assert ("error", "EC2 does not offer g5.12xlarge in use1-az6", "    instance_type: ml.g5.12xlarge") in found["PRE004"]
    assert found["PRE018"][0][1] == "CloudFormation does not know AWS::SageMaker::ComputeQuota in us-east-1"
    assert ("error", "there is no bucket `my-training-data`") in [finding[:2] for finding in found["PRE014"]]
    assert found["PRE017"][0][1].startswith("there is no template `templates/helm-chart-template.yaml`")


def test_permissions(preflight, scripted, data):
    denied = {"ec2:CreateVpc": "implicitDeny", "sagemaker:CreateCluster": "explicitDeny", "cloudformation:CreateStack": "implicitDeny"}
    scripted.on("SimulatePrincipalPolicy", lambda form: decisions(form, denied))
    found, _ = preflight(expect=4)
    assert sorted(finding[:2] for finding in found["PRE002"]) == [
        ("error", f"`{USER}` is forbidden sagemaker:CreateCluster"),
        ("warning", f"`{USER}` is not allowed cloudformation:CreateStack"),
        ("warning", f"`{USER}` is not allowed ec2:CreateVpc"),
    ]
    lines = {message.split()[-1]: line for _, message, line in found["PRE002"]}
    assert lines["sagemaker:CreateCluster"].startswith("instance_groups:")
    assert lines["ec2:CreateVpc"].startswith("vpc:")


def test_a_session_is_simulated_as_its_role(preflight, scripted, data):
    session = "arn:aws:sts::123456789012:assumed-role/Builder/me"
    scripted.on("GetCallerIdentity", xml("GetCallerIdentity", f"<Account>123456789012</Account><Arn>{session}</Arn><UserId>AROA</UserId>"))
    role = "arn:aws:iam::123456789012:role/teams/Builder"
    scripted.on("GetRole", xml("GetRole", f"<Role><Arn>{role}</Arn><AssumeRolePolicyDocument>{quote('{}')}</AssumeRolePolicyDocument></Role>"))
    sources = set()
    scripted.on("SimulatePrincipalPolicy", lambda form: sources.add(form["PolicySourceArn"]) or decisions(form))
    assert preflight()[0] == {}
    assert sources == {role}


def test_what_may_not_be_asked_is_a_note(preflight, scripted, data):
    for operation in ("SimulatePrincipalPolicy", "DescribeType"):
        scripted.on(operation, xml_error("AccessDenied"))
    for operation in ("DescribeInstanceTypeOfferings", "DescribeAvailabilityZones", "DescribeAddresses"):
        scripted.on(operation, ec2_error("UnauthorizedOperation"))
    for operation in ("ListServiceQuotas", "ListClusters"):
        scripted.on(operation, error("AccessDeniedException"))
    found, report = preflight()
    assert set(found) == {"PRE020"} and {severity for severity, _, _ in found["PRE020"]} == {"note"}
    assert report["passed"] is True
    unasked = {check["name"] for check in report["checks"] if check["status"] == "unasked"}
    assert {"permissions", "resource types", "zones", "instance types in the zones", "instance quotas", "network quotas"} <= unasked


def test_what_exists_already(preflight, aws, scripted):
    """The company's VPC, EKS cluster, role, bucket and file system: none is as the configuration says."""
    found, _ = preflight("existing", expect=4)
    assert found["PRE001"][0][1] == "the role belongs to the account 111122223333"
    assert found["PRE007"][0][1] == "there is no VPC `vpc-0a1b2c3d4e5f60718` in eu-central-1"
    assert found["PRE010"][0][1] == "there is no security group `sg-0123456789abcdef0` in eu-central-1"
    assert found["PRE012"][0][:2] == ("error", "there is no EKS cluster `platform` in eu-central-1")
    assert found["PRE014"][0][1] == "there is no bucket `sagemaker-research-lifecycle`"


def test_the_network_that_exists(preflight, aws, scripted):
    ec2 = aws.client("ec2", "eu-central-1")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    other = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    zones = {zone["ZoneId"]: zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]}

    def subnet(vpc_id, cidr, zone):
        return ec2.create_subnet(VpcId=vpc_id, CidrBlock=cidr, AvailabilityZone=zones[zone])["Subnet"]["SubnetId"]

    first = subnet(vpc, "10.0.0.0/28", "euc1-az1")
    second = subnet(other, "10.1.0.0/24", "euc1-az2")
    nodes = subnet(vpc, "10.0.1.0/28", "euc1-az1")
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]

    def change(text):
        for old, new in {
            "vpc-0a1b2c3d4e5f60718": vpc,
            "subnet-0aa11bb22cc33dd44": first,
            "subnet-0bb22cc33dd44ee55": second,
            "subnet-0cc33dd44ee55ff66": nodes,
            "sg-0123456789abcdef0": group,
            "111122223333": "123456789012",
        }.items():
            text = text.replace(old, new)
        return text

    found, _ = preflight("existing", change, expect=4)
    assert [finding[:2] for finding in found["PRE008"]] == [
        ("error", f"the subnet `{second}` is in `{other}`, not in `{vpc}`"),
        ("error", f"the subnet `{nodes}` is in the zone euc1-az1, not in euc1-az2"),
    ]
    assert found["PRE009"][0][:2] == (
        "warning",
        f"the subnet `{first}` has 11 free addresses; the control plane needs 6, 16 are recommended",
    )
    assert "have 11 free addresses, and the nodes there use up to" in found["PRE009"][1][1]
    assert [finding[:2] for finding in found["PRE011"]] == [
        ("error", f"`{group}` does not let everything in from {group}"),
        ("error", f"`{group}` does not let everything out to {group}"),
    ]
    assert found["PRE016"][0][1] == "there is no role `hyperpod-nodes` in the account"

    everything = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=everything)
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=everything)
    aws.client("iam").create_role(RoleName="hyperpod-nodes", AssumeRolePolicyDocument='{"Statement": [{"Principal": {"Service": "ec2.amazonaws.com"}}]}')
    found, _ = preflight("existing", change, expect=4)
    assert "PRE011" not in found
    assert found["PRE016"][0][1] == "the role `hyperpod-nodes` does not trust sagemaker.amazonaws.com"


def test_the_cluster_that_exists(preflight, scripted):
    scripted.on(
        "GET /clusters/platform",
        answer(
            {
                "cluster": {
                    "name": "platform",
                    "status": "UPDATING",
                    "version": "1.31",
                    "accessConfig": {"authenticationMode": "CONFIG_MAP"},
                    "resourcesVpcConfig": {"vpcId": "vpc-1"},
                }
            }
        ),
    )
    scripted.on("GET /clusters/platform/addons", answer({"addons": ["vpc-cni", "coredns"]}))
    found, _ = preflight("existing", lambda text: text.replace("core_addons: false", "core_addons: true"), expect=4)
    assert [finding[:2] for finding in found["PRE012"]] == [
        ("error", "the EKS cluster `platform` is in status UPDATING, not ACTIVE"),
        ("error", "the EKS cluster `platform` has the authentication mode CONFIG_MAP"),
        ("warning", "the EKS cluster `platform` has version 1.31, and the configuration says 1.34"),
        ("error", "the EKS cluster `platform` is in `vpc-1`, not in `vpc-0a1b2c3d4e5f60718`"),
    ]
    assert sorted(finding[1] for finding in found["PRE013"]) == [
        "the cluster has the add-on `coredns` already",
        "the cluster has the add-on `vpc-cni` already",
    ]
    assert found["PRE013"][0][2].strip().startswith("core_addons: true")


def test_text_shows_each_check(preflight, scripted, data):
    copy_example("talk", preflight.stackgen.folder / "talk")
    run = preflight.stackgen("preflight", "talk")
    assert "✓  instance quotas" in run.out and "✓  zones" in run.out and run.err == ""


def test_without_credentials_nothing_is_asked(preflight, scripted):
    empty = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    copy_example("talk", preflight.stackgen.folder / "talk")
    run = preflight.stackgen("preflight", "talk", expect=253, **empty)
    assert "no credentials" in run.err and scripted.asked == []


def test_rules_are_explained(offline):
    assert "ml." not in offline("explain", "PRE011").out
    assert "security groups" in offline("explain", "PRE011").out
