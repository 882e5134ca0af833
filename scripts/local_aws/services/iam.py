"""AWS's managed policies, each loaded when a role first attaches it.

moto can load all of them at once, which takes seconds after every reset.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend


def install() -> None:
    """Load a managed policy of AWS before moto looks for it."""
    original = IAMBackend.attach_role_policy

    def attach_role_policy(self: IAMBackend, policy_arn: str, role_name: str) -> None:
        load_managed_policy(self, policy_arn)
        original(self, policy_arn, role_name)

    IAMBackend.attach_role_policy = attach_role_policy


def load_managed_policy(backend: IAMBackend, arn: str) -> None:
    """Put a managed policy of AWS into IAM's store, unless it is there or not one of AWS."""
    if arn in backend.managed_policies or ":iam::aws:policy/" not in arn:
        return
    name = arn.rsplit("/", 1)[-1]
    data = _published().get(name)
    if data is None:
        return
    policy = AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, data)
    if policy.arn == arn:
        backend.managed_policies[arn] = policy
        backend.aws_managed_policies.append(policy)


@lru_cache(maxsize=1)
def _published() -> dict[str, Any]:
    return json.loads(aws_managed_policies_data)
