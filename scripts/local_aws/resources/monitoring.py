"""AWS::APS workspaces: managed Prometheus."""

from __future__ import annotations

from .base import Created, Request, handles


@handles("AWS::APS::Workspace")
class Workspace:
    """A Prometheus workspace; `Ref` gives its ARN."""

    def create(self, request: Request) -> Created:
        """Create the workspace."""
        alias = {"alias": request.properties["Alias"]} if "Alias" in request.properties else {}
        amp = request.clients["amp"]
        made = amp.create_workspace(**alias, tags=request.tag_map(system=False))
        described = amp.describe_workspace(workspaceId=made["workspaceId"])["workspace"]
        return Created(
            made["arn"],
            {
                "Arn": made["arn"],
                "PrometheusEndpoint": described.get("prometheusEndpoint", ""),
                "WorkspaceId": made["workspaceId"],
            },
        )

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the workspace."""
        request.clients["amp"].delete_workspace(workspaceId=physical_id.rsplit("/", 1)[-1])
