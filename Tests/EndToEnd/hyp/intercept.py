"""What the installed `hyp` sends for configurations, with every call to AWS taken out of its hands.

Runs inside the environment in which `sagemaker-hyperpod` is installed. Reads one JSON object a line from standard
input, {"config": text, "region": text}, and answers one a line: {"parameters": {...}, "tags": [...], "stack_name": …,
"url": …} with what `hyp create` would have sent, or {"refused": text} where it stops by itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path
from unittest import mock

ZONES = json.loads(os.environ.get("HYP_ZONES", "{}"))
"""The zones of each region, in the order in which EC2 is to name them."""


class Clients:
    """Stands in for boto3: answers what `hyp` asks for, and keeps the call that would make the stack."""

    def __init__(self) -> None:
        self.call: dict[str, object] = {}

    def client(self, service: str, region_name: str | None = None, **_: object) -> mock.Mock:
        """Return the client of a service."""
        client = mock.Mock()
        zones = [{"ZoneId": zone} for zone in ZONES.get(region_name or "", [])]
        client.describe_availability_zones.return_value = {"AvailabilityZones": zones}
        client.create_stack.side_effect = self._create
        client.describe_stacks.return_value = {"Stacks": []}
        return client

    def _create(self, **call: object) -> dict[str, str]:
        self.call = call
        return {"StackId": "arn:aws:cloudformation:us-east-2:123456789012:stack/x/y"}


def silence_telemetry() -> None:
    """Keep `hyp` from telling anybody about the run: it would wait for a network that is not there."""
    from sagemaker.hyperpod.common.telemetry import telemetry_logging

    telemetry_logging._send_telemetry_request = lambda *_, **__: None
    telemetry_logging._requests_helper = lambda *_, **__: None
    telemetry_logging.get_region_and_account_from_current_context = lambda: ("us-east-2", "unknown")


def answer(commands: object, config: str, region: str, folder: Path) -> dict[str, object]:
    """Return what `hyp create --region REGION` sends for a configuration."""
    import sagemaker.hyperpod.cluster_management.hp_cluster_stack as stack_module
    import sagemaker.hyperpod.common.utils as utils

    for path in (folder / "run").glob("*") if (folder / "run").is_dir() else []:
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    clients = Clients()
    talk = io.StringIO()
    with (
        mock.patch.object(stack_module, "create_boto3_client", clients.client),
        mock.patch.object(utils, "create_boto3_client", clients.client),
        contextlib.redirect_stdout(talk),
        contextlib.redirect_stderr(talk),
    ):
        try:
            commands._default_create.main(["--region", region], standalone_mode=False)
        except SystemExit:
            pass
        except Exception as error:  # noqa: BLE001 - whatever stops hyp is its answer
            return {"refused": f"{type(error).__name__}: {error}"}
    if not clients.call:
        return {"refused": talk.getvalue()[-400:]}
    call = clients.call
    return {
        "parameters": {item["ParameterKey"]: item["ParameterValue"] for item in call["Parameters"]},
        "tags": call["Tags"],
        "stack_name": call["StackName"],
        "url": call["TemplateURL"],
        "capabilities": call["Capabilities"],
    }


def main() -> None:
    """Answer line by line."""
    silence_telemetry()
    from sagemaker.hyperpod.cli.commands import init as commands

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        # hyp evaluates the template for its record and never sends it, so any template will do.
        (folder / "cfn_params.jinja").write_text("", encoding="utf-8")
        for line in sys.stdin:
            request = json.loads(line)
            print(json.dumps(answer(commands, request["config"], request["region"], folder)), flush=True)


if __name__ == "__main__":
    main()
