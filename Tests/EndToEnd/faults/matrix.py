"""The cells of the matrix and how one is run: a command under a fault, then the command again."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fault_proxy.calls import Call
from fault_proxy.proxy import FaultProxy, Plan

from .surroundings import REGION

RECOVERED = (
    "refused", "reset-before", "reset-after", "reset-in-body", "half-response", "wrong-length", "stall", "html-500",
    "html-500-after", "empty-500", "503-retry-after", "429", "throttling-burst", "duplicate", "clock-skew",
)  # fmt: skip
"""The command itself gets over these: it ends well at the first run."""
TOLD = ("expired-token", "denied", "html-500-lasting", "stall-lasting")
"""The command gives up with an error that says why; run again it ends well."""
KILLED = ("kill-before", "kill-after")
"""The process is gone; the command run again ends well."""
FAULTS = (*RECOVERED, *TOLD, *KILLED)
TEMPLATE = """
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 7}}
"""


@dataclass(frozen=True)
class Cell:
    """One place of the matrix."""

    command: str
    call: Call
    fault: str
    previous: Call | None = None

    def __str__(self) -> str:
        """Write it as pytest's ids do."""
        return f"{self.command}-{self.call}-{self.fault}"

    @property
    def plan(self) -> Plan:
        """What the proxy is told: a connection is refused after the call that comes before."""
        return Plan(self.fault, (self.previous or Call("", 0)) if self.fault == "refused" else self.call)


@dataclass
class Ending:
    """How a run of the command ended."""

    status: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """What it said last on standard error."""
        return self.err.strip().splitlines()[-1] if self.err.strip() else ""


@dataclass
class Bench:
    """Everything that a cell needs: the program, the proxy and the local AWS behind it."""

    binary: Path
    environment: dict[str, str]
    proxy: FaultProxy
    aws: object
    folder: Path
    config: str
    _count: int = 0
    _usage: dict[str, str] = field(default_factory=dict)
    _clients: dict[str, object] = field(default_factory=dict)

    def new_name(self) -> str:
        """Return a stack's name that no other cell has."""
        self._count += 1
        return f"fault-{self._count}"

    def project(self, name: str) -> Path:
        """Make a project whose stack has the name."""
        folder = self.folder / name
        folder.mkdir()
        lines = [f"name: {name}" if line.startswith("name:") else line for line in self.config.splitlines()]
        (folder / "config.yaml").write_text("\n".join(lines) + "\n")
        return folder

    def arguments(self, command: str, folder: Path) -> list[str]:
        """Return the command line of a command."""
        if command == "create":
            return ["create", str(folder), "--wait", "--yes", "--output", "json", *self.extra("create")]
        if command == "update":
            return ["update", str(folder), "--wait", "--yes", "--output", "json", *self.extra("update")]
        return ["delete", folder.name, "--region", REGION, "--yes", "--wait"]

    def extra(self, command: str) -> list[str]:
        """Return options that this build of the program has and that the matrix wants."""
        if command not in self._usage:
            help_text = subprocess.run([str(self.binary), command, "--help"], capture_output=True, text=True)
            self._usage[command] = help_text.stdout
        return ["--no-preflight"] if "--no-preflight" in self._usage[command] else []

    def start(self, arguments: list[str], **variables: str) -> subprocess.Popen[str]:
        """Start the program behind the proxy."""
        process = subprocess.Popen(
            [str(self.binary), *arguments],
            env=self.environment | {"AWS_ENDPOINT_URL": self.proxy.endpoint} | variables,
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.proxy.client_pid = process.pid
        return process

    def run(self, arguments: list[str], plan: Plan | None = None, **variables: str) -> Ending:
        """Run the program behind the proxy to its end, under a plan."""
        self.proxy.arm(plan)
        process = self.start(arguments, **variables)
        try:
            out, err = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"still running after two minutes: {arguments}: {err}") from None
        return Ending(process.returncode, out, err)

    @contextmanager
    def slow_resources(self) -> Iterator[None]:
        """Let every resource of the local AWS take its time."""
        self.aws.post("settings", {"resource_seconds": 0.3})
        try:
            yield
        finally:
            self.aws.post("settings", {"resource_seconds": 0})

    @property
    def cloudformation(self) -> object:
        """The second client: boto3, past the proxy."""
        if "cloudformation" not in self._clients:
            self._clients["cloudformation"] = self.aws.client("cloudformation", REGION)
        return self._clients["cloudformation"]

    # -------------------------------------------------------------- what must hold

    def prepare(self, command: str) -> Path:
        """Bring about what the command begins with; return the project."""
        folder = self.project(self.new_name())
        if command == "update":
            created = self.run(self.arguments("create", folder))
            assert created.status == 0, created.err
            text = (folder / "config.yaml").read_text()
            (folder / "config.yaml").write_text(text.replace("count: 2", "count: 3"))
        if command == "delete":
            client = self.cloudformation
            client.create_stack(StackName=folder.name, TemplateBody=TEMPLATE, Tags=OWN_TAGS)
            client.get_waiter("stack_create_complete").wait(StackName=folder.name, WaiterConfig={"Delay": 1})
        return folder

    def check_end(self, command: str, folder: Path) -> None:
        """Check that the world is as one undisturbed run of the command would have left it."""
        stacks = self.stacks(folder.name)
        assert len(stacks) == 1, f"{len(stacks)} stacks were made: {stacks}"
        wanted = {"create": "CREATE_COMPLETE", "update": "UPDATE_COMPLETE", "delete": "DELETE_COMPLETE"}[command]
        assert stacks[0]["StackStatus"] == wanted
        if command == "delete":
            return
        for record in self.records(folder):
            self.check_whole(record)
        records = [record for record in self.records(folder) if not self.was_refused(record)]
        assert len(records) == (1 if command == "create" else 2), records
        self.check_sent(records[-1], stacks[0]["StackId"], wanted)

    def stacks(self, name: str) -> list[dict]:
        """Return every stack that ever had the name."""
        pages = self.cloudformation.get_paginator("list_stacks").paginate()
        return [stack for page in pages for stack in page["StackSummaries"] if stack["StackName"] == name]

    @staticmethod
    def records(folder: Path) -> list[Path]:
        """Return the run records; the temporary folders of interrupted writes are none."""
        parent = folder / "run"
        found = sorted(parent.iterdir()) if parent.exists() else []
        return [path for path in found if path.is_dir() and not path.name.startswith(".")]

    @staticmethod
    def was_refused(record: Path) -> bool:
        """Whether AWS refused what the record tells of: such a record stays, and the next attempt has its own."""
        answers = [record / name for name in ("response.json", "execution.json")]
        return any(answer.exists() and "error" in json.loads(answer.read_text()) for answer in answers)

    def check_whole(self, record: Path) -> None:
        """Check a record by its own manifest, which names every file with its hash."""
        manifest = self.check_intact(record)
        # What a killed write leaves has a name that begins with a dot.
        present = {path.name for path in record.iterdir() if not path.name.startswith(".")} - {"manifest.json"}
        assert present == set(manifest["files"]), f"{record}: {sorted(present)}"

    @staticmethod
    def check_intact(record: Path) -> dict:
        """Check every file that a record's manifest names; more may lie beside them until the run goes on."""
        manifest = json.loads((record / "manifest.json").read_text())
        for name, entry in manifest["files"].items():
            found = hashlib.sha256((record / name).read_bytes()).hexdigest()
            assert found == entry["sha256"], f"{record / name}"
        return manifest

    def verify(self, folder: Path) -> None:
        """Check the records of a project with the program's own eyes."""
        for record in self.records(folder):
            verified = subprocess.run(
                [str(self.binary), "verify", str(record)], env=self.environment, capture_output=True, text=True
            )
            assert verified.returncode == 0, f"{record}: {verified.stdout}{verified.stderr}"

    def check_sent(self, record: Path, stack_id: str, status: str) -> None:
        """Check that the record tells of this stack, its end, and the bytes that AWS has."""
        manifest = json.loads((record / "manifest.json").read_text())
        assert manifest["states"][-1]["name"] == status, manifest["states"]
        assert json.loads((record / "response.json").read_text())["stack_id"] == stack_id
        assert json.loads((record / "execution.json").read_text())["stack_id"] == stack_id
        sent = self.cloudformation.get_template(StackName=stack_id)["TemplateBody"]
        assert sent.encode() == (record / "cfn_params.yaml").read_bytes()
        events = [json.loads(line) for line in (record / "events.jsonl").read_text().splitlines()]
        identifiers = [event["EventId"] for event in events]
        assert len(set(identifiers)) == len(identifiers)
        shown = self.cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack_id)
        known = [event["EventId"] for page in shown for event in page["StackEvents"]][::-1]
        if status == "CREATE_COMPLETE":
            own = [event["EventId"] for event in events if event["StackId"] == stack_id]
            assert own == known, "the record has every event, in order"


OWN_TAGS = [{"Key": "stackgen:kind", "Value": "cluster-stack"}]


def run_cell(bench: Bench, cell: Cell) -> str:
    """Run one cell; return how it went: `recovered`, `told, then right` or `killed, then right`."""
    word = attempt_cell(bench, cell)
    if word is None:
        # The stack was there before a second poll was needed.
        with bench.slow_resources():
            word = attempt_cell(bench, cell)
    assert word, f"the fault never happened; calls: {[str(call) for call in bench.proxy.calls]}"
    return word


def attempt_cell(bench: Bench, cell: Cell) -> str | None:
    """Run one cell once; return how it went, or None when the command never made the call."""
    folder = bench.prepare(cell.command)
    arguments = bench.arguments(cell.command, folder)
    if cell.fault == "refused" and cell.previous is None:
        bench.proxy.refuse_from_now(Plan("refused", cell.call))
        first = bench.run(arguments)
    else:
        plan = cell.plan
        first = bench.run(arguments, plan)
        if not plan.happened:
            return None
    word = "recovered"
    if cell.fault in RECOVERED:
        assert first.status == 0, f"status {first.status}: {first.err}"
    elif cell.fault in TOLD:
        word = check_told(first)
    else:
        assert first.status == -9, f"status {first.status}: {first.err}"
        word = "killed, then right"
    if first.status != 0:
        again = bench.run(arguments)
        gone = cell.command == "delete" and bench.stacks(folder.name)[0]["StackStatus"] == "DELETE_COMPLETE"
        assert again.status == 0 or gone, f"status {again.status}: {again.err}"
    bench.check_end(cell.command, folder)
    return word


def check_told(first: Ending) -> str:
    """Check that an error has a documented status and says what went wrong; some are got over all the same."""
    if first.status == 0:
        return "recovered"
    assert first.status in (1, 4, 253, 254), f"status {first.status}: {first.err}"
    assert len(first.message) > 20, first.err
    assert "Traceback" not in first.err
    assert "Fatal error" not in first.err
    return "told, then right"


def cells(command: str, sequence: list[Call], chosen: tuple[str, ...] = FAULTS) -> list[Cell]:
    """Return the cells of a command whose undisturbed calls are `sequence`.

    Polls repeat one call; its first and second arrival stand for all of them.
    """
    found = []
    for index, call in enumerate(sequence):
        if call.number <= 2:
            previous = sequence[index - 1] if index else None
            found += [Cell(command, call, fault, previous) for fault in chosen]
    return found
