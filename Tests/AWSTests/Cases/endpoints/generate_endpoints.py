"""Writes endpoints.jsonl: the host of each service in many regions by botocore's endpoint rules.

    python3 generate_endpoints.py        # needs botocore
"""

import json
import pathlib

import botocore.session
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

SERVICES = ["cloudformation", "sts", "ec2", "s3", "eks", "sagemaker", "iam", "service-quotas", "kms", "fsx", "sso"]
REGIONS = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-7", "mx-central-1", "cn-north-1", "cn-northwest-1",
           "us-gov-west-1", "us-gov-east-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1",
           "eusc-de-east-1"]


def main():
    loader = botocore.session.get_session().get_component("data_loader")
    partitions = loader.load_data("partitions")
    lines = []
    for service in SERVICES:
        provider = EndpointProvider(loader.load_service_model(service, "endpoint-rule-set-1"), partitions)
        for region in REGIONS:
            for fips in (False, True):
                for dual_stack in (False, True):
                    parameters = {"Region": region, "UseFIPS": fips, "UseDualStack": dual_stack}
                    try:
                        endpoint = provider.resolve_endpoint(**parameters)
                    except EndpointProviderError:
                        continue
                    schemes = endpoint.properties.get("authSchemes") or [{}]
                    lines.append(json.dumps({"service": service.replace("-", "_"), "region": region, "fips": fips,
                                             "dual_stack": dual_stack, "host": endpoint.url.removeprefix("https://"),
                                             "signing_region": schemes[0].get("signingRegion", region)}))
    pathlib.Path(__file__).with_name("endpoints.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
