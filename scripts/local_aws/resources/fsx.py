"""AWS::FSx file systems and data repository associations."""

from __future__ import annotations

from typing import Any

from .base import Created, Live, Request, handles


@handles("AWS::FSx::FileSystem")
class FileSystem:
    """A file system; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the file system."""
        made = request.clients["fsx"].create_file_system(**request.without("Tags"), Tags=request.tag_list())[
            "FileSystem"
        ]
        return Created(made["FileSystemId"], _attributes(made))

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change size, throughput and the settings of Lustre."""
        options = request.pick("StorageCapacity")
        lustre, old = (dict(entry.properties.get("LustreConfiguration") or {}) for entry in (request, previous))
        changed = {name: value for name, value in lustre.items() if old.get(name) != value}
        options |= {"LustreConfiguration": changed} if changed else {}
        request.clients["fsx"].update_file_system(FileSystemId=physical_id, **options)
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return size, type, the settings of Lustre that the template names, and tags."""
        found = request.clients["fsx"].describe_file_systems(FileSystemIds=[physical_id])["FileSystems"][0]
        lustre = found.get("LustreConfiguration") or {}
        declared = request.properties.get("LustreConfiguration") or lustre
        properties = {
            **{name: found.get(name) for name in ("FileSystemType", "StorageCapacity", "StorageType", "SubnetIds")},
            "LustreConfiguration": {name: lustre[name] for name in declared if name in lustre},
            "Tags": request.own_tags(found.get("Tags")),
        }
        return Live(properties, _attributes(found))

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the file system."""
        request.clients["fsx"].delete_file_system(FileSystemId=physical_id)


def _attributes(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "DNSName": found["DNSName"],
        "Id": found["FileSystemId"],
        "LustreMountName": (found.get("LustreConfiguration") or {}).get("MountName", ""),
        "ResourceARN": found["ResourceARN"],
        "RootVolumeId": "",
    }


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

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change what is imported and exported."""
        request.clients["fsx"].update_data_repository_association(
            AssociationId=physical_id, **request.pick("ImportedFileChunkSize", "S3")
        )
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return paths, policies and tags."""
        found = request.clients["fsx"].describe_data_repository_associations(AssociationIds=[physical_id])
        entry = found["Associations"][0]
        names = ("FileSystemId", "FileSystemPath", "BatchImportMetaDataOnCreate", "ImportedFileChunkSize", "S3")
        properties = {name: entry[name] for name in names if name in entry}
        return Live(properties, {"AssociationId": physical_id, "ResourceARN": entry["ResourceARN"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the association; the file system keeps its data."""
        request.clients["fsx"].delete_data_repository_association(AssociationId=physical_id)
