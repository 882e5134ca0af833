"""The service operations that HyperPod needs and moto lacks, added to moto's own services."""

from __future__ import annotations

from . import eks, fsx, iam, quotas, s3, sagemaker, simulation


def install() -> None:
    """Put our operations in front of moto's. Call once, before the first request is served."""
    eks.install()
    fsx.install()
    iam.install()
    quotas.install()
    s3.install()
    sagemaker.install()
    simulation.install()
