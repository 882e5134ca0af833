"""AWS::FSx file systems and data repository associations."""

from __future__ import annotations

from .base import Created, Request, handles


@handles("AWS::FSx::FileSystem")
class FileSystem:
    """A file system; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the file system."""
        made = request.clients["fsx"].create_file_system(**request.without("Tags"), Tags=request.tag_list())[
            "FileSystem"
        ]
        return Created(
            made["FileSystemId"],
            {
                "DNSName": made["DNSName"],
                "Id": made["FileSystemId"],
                "LustreMountName": (made.get("LustreConfiguration") or {}).get("MountName", ""),
                "ResourceARN": made["ResourceARN"],
                "RootVolumeId": "",
            },
        )

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the file system."""
        request.clients["fsx"].delete_file_system(FileSystemId=physical_id)


@handles("AWS::FSx::DataRepositoryAssociation")
class DataRepositoryAssociation:
    """A link between a path of a file system and a bucket; `Ref` gives the association's id."""

    def create(self, request: Request) -> Created:
        """Create the association."""
        made = request.clients["fsx"].create_data_repository_association(
            **request.without("Tags"), Tags=request.tag_list()
        )["Association"]
        return Created(
            made["AssociationId"], {"AssociationId": made["AssociationId"], "ResourceARN": made["ResourceARN"]}
        )

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the association; the file system keeps its data."""
        request.clients["fsx"].delete_data_repository_association(AssociationId=physical_id)
