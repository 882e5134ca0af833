"""Amazon FSx for Lustre: moto's file systems, made whole, with data repository associations."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

import moto.fsx.urls
from moto.core.exceptions import JsonRESTError
from moto.fsx.models import FileSystem
from moto.fsx.responses import FSxResponse

from . import lookup

_LOWER = "abcdefghijklmnopqrstuvwxyz234567"


def install() -> None:
    """Serve FSx requests with `FsxService`."""
    moto.fsx.urls.url_paths["{0}/$"] = FsxService.dispatch


class FsxError(JsonRESTError):
    """A request that FSx refuses with HTTP 400."""


class FsxService(FSxResponse):
    """FSx requests; what is not here is moto's."""

    def create_file_system(self) -> str:
        """CreateFileSystem, with the checks of subnets and groups; the file system is available at once."""
        body = json.loads(self.body)
        subnets = [self._subnet(subnet_id) for subnet_id in body.get("SubnetIds") or []]
        for group_id in body.get("SecurityGroupIds") or []:
            if not lookup.security_group_exists(self.current_account, self.region, group_id):
                raise FsxError("InvalidNetworkSettings", f"Security group {group_id} does not exist")
        made = json.loads(super().create_file_system())["FileSystem"]
        file_system = self.fsx_backend.file_systems.pop(made["FileSystemId"])
        self._complete(file_system, body, subnets)
        self.fsx_backend.file_systems[file_system.file_system_id] = file_system
        return json.dumps({"FileSystem": self._shown(file_system)})

    def describe_file_systems(self) -> str:
        """DescribeFileSystems, in one page."""
        wanted = json.loads(self.body or "{}").get("FileSystemIds")
        systems = self.fsx_backend.file_systems
        for identifier in wanted or []:
            if identifier not in systems:
                raise FsxError("FileSystemNotFound", f"File system '{identifier}' does not exist.")
        found = [systems[identifier] for identifier in wanted or systems]
        return json.dumps({"FileSystems": [self._shown(file_system) for file_system in found]})

    def update_file_system(self) -> str:
        """UpdateFileSystem: more storage, another throughput, other settings of Lustre; done at once."""
        body = json.loads(self.body)
        file_system = self.fsx_backend.file_systems.get(body["FileSystemId"])
        if file_system is None:
            raise FsxError("FileSystemNotFound", f"File system '{body['FileSystemId']}' does not exist.")
        capacity = body.get("StorageCapacity")
        if capacity is not None:
            if capacity < file_system.storage_capacity:
                raise FsxError("BadRequest", "The storage capacity of a file system cannot be decreased")
            file_system.storage_capacity = capacity
        file_system.lustre_configuration = {
            **(file_system.lustre_configuration or {}), **(body.get("LustreConfiguration") or {}),
        }  # fmt: skip
        return json.dumps({"FileSystem": self._shown(file_system)})

    def delete_file_system(self) -> str:
        """DeleteFileSystem, with its associations."""
        identifier = json.loads(self.body)["FileSystemId"]
        answer = super().delete_file_system()
        associations = self._associations()
        for key, entry in list(associations.items()):
            if entry["FileSystemId"] == identifier:
                del associations[key]
        return answer

    def create_data_repository_association(self) -> str:
        """CreateDataRepositoryAssociation; the link is available at once."""
        body = json.loads(self.body)
        self._check_association(body)
        identifier = f"dra-{secrets.token_hex(9)[:17]}"
        arn = self._arn(f"association/{body['FileSystemId']}/{identifier}")
        copied = ("FileSystemId", "FileSystemPath", "BatchImportMetaDataOnCreate", "ImportedFileChunkSize", "S3")
        self._associations()[identifier] = {
            "AssociationId": identifier,
            "ResourceARN": arn,
            "Lifecycle": "AVAILABLE",
            "DataRepositoryPath": _with_slash(body["DataRepositoryPath"]),
            "Tags": body.get("Tags") or [],
            "CreationTime": time.time(),
            "BatchImportMetaDataOnCreate": False,
            "ImportedFileChunkSize": 1024,
            **{key: body[key] for key in copied if key in body},
        }
        return json.dumps({"Association": self._associations()[identifier]})

    def describe_data_repository_associations(self) -> str:
        """DescribeDataRepositoryAssociations, by ids or filtered by `file-system-id`."""
        body = json.loads(self.body or "{}")
        found = list(self._associations().values())
        if body.get("AssociationIds"):
            found = [self._association(identifier) for identifier in body["AssociationIds"]]
        for condition in body.get("Filters") or []:
            if condition["Name"] == "file-system-id":
                found = [entry for entry in found if entry["FileSystemId"] in condition["Values"]]
        return json.dumps({"Associations": found})

    def update_data_repository_association(self) -> str:
        """UpdateDataRepositoryAssociation: other policies or chunk size."""
        body = json.loads(self.body)
        entry = self._association(body["AssociationId"])
        entry |= {key: body[key] for key in ("ImportedFileChunkSize", "S3") if key in body}
        return json.dumps({"Association": entry})

    def delete_data_repository_association(self) -> str:
        """DeleteDataRepositoryAssociation."""
        identifier = json.loads(self.body)["AssociationId"]
        self._association(identifier)
        del self._associations()[identifier]
        return json.dumps({"AssociationId": identifier, "Lifecycle": "DELETING", "DeleteDataInFileSystem": False})

    # ------------------------------------------------------------------ parts

    def _complete(self, file_system: FileSystem, body: dict[str, Any], subnets: list[Any]) -> None:
        """Give the file system what FSx reports and moto's model leaves out."""
        identifier = f"fs-{secrets.token_hex(9)[:17]}"
        # moto files tags under the ARN, so they move with the new id.
        self.fsx_backend.tagger.delete_all_tags_for_resource(file_system.resource_arn)
        file_system.file_system_id = identifier
        file_system.dns_name = f"{identifier}.fsx.{self.region}.amazonaws.com"
        file_system.resource_arn = self._arn(f"file-system/{identifier}")
        self.fsx_backend.tagger.tag_resource(file_system.resource_arn, body.get("Tags") or [])
        file_system.storage_type = body.get("StorageType") or "SSD"
        lustre = dict(body.get("LustreConfiguration") or {})
        if body["FileSystemType"] == "LUSTRE":
            lustre.setdefault("DeploymentType", "SCRATCH_1")
            lustre["MountName"] = "".join(secrets.choice(_LOWER) for _ in range(8))
            file_system.lustre_configuration = lustre
        version = body.get("FileSystemTypeVersion")
        version = version or ("2.12" if lustre.get("DeploymentType") == "PERSISTENT_2" else "2.10")
        file_system.__dict__["stackgen_details"] = {
            "Lifecycle": "AVAILABLE",
            "OwnerId": self.current_account,
            "CreationTime": time.time(),
            "VpcId": subnets[0].vpc_id if subnets else "",
            "NetworkInterfaceIds": [f"eni-{secrets.token_hex(9)[:17]}" for _ in subnets],
            "FileSystemTypeVersion": version,
        }

    def _shown(self, file_system: FileSystem) -> dict[str, Any]:
        shown = {**file_system.to_dict(), **file_system.__dict__.get("stackgen_details", {})}
        shown.pop("SecurityGroupIds", None)
        return shown

    def _associations(self) -> dict[str, dict[str, Any]]:
        return self.fsx_backend.__dict__.setdefault("stackgen_associations", {})

    def _association(self, identifier: str) -> dict[str, Any]:
        if identifier not in self._associations():
            raise FsxError(
                "DataRepositoryAssociationNotFound", f"Data repository association '{identifier}' does not exist."
            )
        return self._associations()[identifier]

    def _check_association(self, body: dict[str, Any]) -> None:
        system = self.fsx_backend.file_systems.get(body["FileSystemId"])
        if system is None:
            raise FsxError("FileSystemNotFound", f"File system '{body['FileSystemId']}' does not exist.")
        bucket = body["DataRepositoryPath"].removeprefix("s3://").split("/")[0]
        if not lookup.bucket_exists(bucket):
            raise FsxError(
                "BadRequest", f"Amazon FSx is unable to validate access to the S3 bucket: {bucket}. "
                "Ensure the IAM role or user you are using has s3:Get*, s3:List* and s3:PutObject permissions."
            )  # fmt: skip
        deployment = (system.lustre_configuration or {}).get("DeploymentType")
        version = system.__dict__.get("stackgen_details", {}).get("FileSystemTypeVersion", "")
        if deployment == "SCRATCH_1" or version == "2.10":
            raise FsxError(
                "UnsupportedOperation", "Data repository associations need Lustre 2.12 or newer and no SCRATCH_1"
            )
        siblings = [entry for entry in self._associations().values() if entry["FileSystemId"] == body["FileSystemId"]]
        if len(siblings) >= 8:
            raise FsxError("ServiceLimitExceeded", "A file system has at most 8 data repository associations")
        for entry in siblings:
            for key in ("FileSystemPath", "DataRepositoryPath"):
                if _overlap(entry[key], body[key]):
                    raise FsxError("BadRequest", f"{key} {body[key]} overlaps {entry[key]} of {entry['AssociationId']}")

    def _subnet(self, subnet_id: str) -> Any:
        subnet = lookup.subnet(self.current_account, self.region, subnet_id)
        if subnet is None:
            raise FsxError("InvalidNetworkSettings", f"Subnet {subnet_id} does not exist")
        return subnet

    def _arn(self, resource: str) -> str:
        return f"arn:{self.partition}:fsx:{self.region}:{self.current_account}:{resource}"


def _with_slash(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


def _overlap(first: str, second: str) -> bool:
    first, second = _with_slash(first), _with_slash(second)
    return first.startswith(second) or second.startswith(first)
