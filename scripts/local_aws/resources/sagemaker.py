"""AWS::SageMaker HyperPod clusters, scheduler configurations and compute quotas."""

from __future__ import annotations

from .base import Created, Request, handles


@handles("AWS::SageMaker::Cluster")
class Cluster:
    """A HyperPod cluster; `Ref` gives its ARN, which is the type's primary identifier."""

    def create(self, request: Request) -> Created:
        """Create the cluster."""
        sagemaker = request.clients["sagemaker"]
        name = request.properties.get("ClusterName") or request.generated_name(63)
        arn = sagemaker.create_cluster(
            ClusterName=name, **request.without("ClusterName", "Tags"), Tags=request.tag_list()
        )["ClusterArn"]
        made = sagemaker.describe_cluster(ClusterName=name)
        attributes = {
            "ClusterArn": arn,
            "ClusterStatus": made["ClusterStatus"],
            "CreationTime": made["CreationTime"].isoformat(),
            "FailureMessage": made.get("FailureMessage", ""),
        }
        return Created(arn, attributes)

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the cluster."""
        request.clients["sagemaker"].delete_cluster(ClusterName=physical_id)


@handles("AWS::SageMaker::ClusterSchedulerConfig")
class ClusterSchedulerConfig:
    """A cluster's task priorities and fair share; `Ref` gives its ARN."""

    def create(self, request: Request) -> Created:
        """Create the configuration; CloudFormation puts no tags of its own on it."""
        sagemaker = request.clients["sagemaker"]
        made = sagemaker.create_cluster_scheduler_config(**request.without("Tags"), Tags=request.tag_list(system=False))
        arn, identifier = made["ClusterSchedulerConfigArn"], made["ClusterSchedulerConfigId"]
        described = sagemaker.describe_cluster_scheduler_config(ClusterSchedulerConfigId=identifier)
        return Created(
            arn,
            {
                "ClusterSchedulerConfigArn": arn,
                "ClusterSchedulerConfigId": identifier,
                "ClusterSchedulerConfigVersion": described["ClusterSchedulerConfigVersion"],
                "CreationTime": described["CreationTime"].isoformat(),
                "Status": described["Status"],
            },
        )

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the configuration."""
        request.clients["sagemaker"].delete_cluster_scheduler_config(
            ClusterSchedulerConfigId=physical_id.rsplit("/", 1)[-1]
        )


@handles("AWS::SageMaker::ComputeQuota")
class ComputeQuota:
    """A team's compute; `Ref` gives its ARN."""

    def create(self, request: Request) -> Created:
        """Create the quota; CloudFormation puts no tags of its own on it."""
        sagemaker = request.clients["sagemaker"]
        made = sagemaker.create_compute_quota(**request.without("Tags"), Tags=request.tag_list(system=False))
        arn, identifier = made["ComputeQuotaArn"], made["ComputeQuotaId"]
        described = sagemaker.describe_compute_quota(ComputeQuotaId=identifier)
        return Created(
            arn,
            {
                "ComputeQuotaArn": arn,
                "ComputeQuotaId": identifier,
                "ComputeQuotaVersion": described["ComputeQuotaVersion"],
                "CreationTime": described["CreationTime"].isoformat(),
                "Status": described["Status"],
            },
        )

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the quota."""
        request.clients["sagemaker"].delete_compute_quota(ComputeQuotaId=physical_id.rsplit("/", 1)[-1])
