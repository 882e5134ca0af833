"""The fault matrix: every command under every fault at every call, and killed or refused at every write.

The default run takes a fixed subset; STACKGEN_FAULTS=all (scripts/fault-matrix) runs everything and, with
STACKGEN_FAULT_REPORT, writes what came of it. STACKGEN_FAULT_ONLY, a regular expression, chooses cells by name.
"""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import BINARY, ROOT, SECRETS

sys.path.insert(0, str(ROOT / "scripts"))

from fault_proxy.calls import Call  # noqa: E402
from fault_proxy.faults import FAULTS as PROXY_FAULTS  # noqa: E402
from fault_proxy.proxy import FaultProxy, Plan  # noqa: E402

from faults.matrix import FAULTS, Bench, Cell, cells, run_cell  # noqa: E402
from faults.report import Report  # noqa: E402
from faults.surroundings import configuration  # noqa: E402

ALL = os.environ.get("STACKGEN_FAULTS") == "all"
ONLY = os.environ.get("STACKGEN_FAULT_ONLY", "")
COMMANDS = ("create", "update", "delete")
# The calls at which the default run tries every fault: the one that makes, the one that unmakes.
DECISIVE = ("cloudformation:ExecuteChangeSet", "cloudformation:DeleteStack")
QUICK = ("refused", "reset-after", "html-500", "kill-before", "kill-after")
FAULT_FILES = Path(__file__).parent / "faults"


@pytest.fixture(scope="module")
def report():
    """What came of the matrix; written at the end when asked for."""
    found = Report()
    yield found
    if os.environ.get("STACKGEN_FAULT_REPORT"):
        found.write(Path(os.environ["STACKGEN_FAULT_REPORT"]))


@pytest.fixture(scope="module")
def bench(aws_server, tmp_path_factory):
    """The program behind a proxy, in front of a local AWS that is emptied once."""
    aws_server.post("reset")
    folder = tmp_path_factory.mktemp("faults")
    home = folder / "home"
    home.mkdir()
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "AWS_EC2_METADATA_DISABLED": "true",
        "STACKGEN_ATTEMPT_TIMEOUT": "2",
        **SECRETS,
    }
    proxy = FaultProxy(aws_server.endpoint)
    proxy.start()
    yield Bench(BINARY, environment, proxy, aws_server, folder, configuration(aws_server))
    proxy.stop()
    for file in folder.rglob("*"):
        if file.is_file():
            contents = file.read_bytes()
            assert not any(secret.encode() in contents for secret in SECRETS.values()), file


@pytest.fixture(scope="module")
def sequences(bench):
    """The calls of each command when nothing goes wrong, in order."""
    found = {}
    for command in COMMANDS:
        folder = bench.prepare(command)
        ending = bench.run(bench.arguments(command, folder))
        assert ending.status == 0, ending.err
        found[command] = list(bench.proxy.calls)
        bench.check_end(command, folder)
        bench.verify(folder)
    return found


def test_every_fault_has_its_expectation():
    assert set(FAULTS) == set(PROXY_FAULTS) | {"refused"}


@pytest.mark.parametrize("command", COMMANDS)
def test_matrix(bench, sequences, report, command):
    wanted = cells(command, sequences[command])
    if not ALL:
        wanted = [cell for cell in wanted if cell.call.name in DECISIVE or is_quick(cell)]
    wanted = [cell for cell in wanted if re.search(ONLY, str(cell))]
    problems = []
    for cell in wanted:
        begun = time.monotonic()
        try:
            word = run_cell(bench, cell)
        except AssertionError as error:
            word = "WRONG"
            problems.append(f"{cell}: {error}")
        report.add(cell, word)
        print(f"{time.monotonic() - begun:5.1f} s  {cell}: {word}", *problems[-1:] if word == "WRONG" else ())
    assert not problems, "\n\n".join(problems)


def is_quick(cell: Cell) -> bool:
    """Whether the cell is of the default run: a few faults at the first call of a name that is no mere question."""
    asks = cell.call.name.split(":")[1].startswith(("Describe", "Get", "List"))
    return cell.call.number == 1 and cell.fault in (QUICK[-1:] if asks else QUICK)


# ------------------------------------------------------------------------- the disk


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """The library that counts and breaks writes."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("needs a C compiler and Linux")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = FAULT_FILES / "shim.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    return library


def broken(shim: Path, folder: Path, step: int, kind: str) -> dict[str, str]:
    """Return the variables that break the program's step on the disk."""
    return {
        "LD_PRELOAD": str(shim), "FAULT_ROOT": str(folder), "FAULT_STEP": str(step), "FAULT_KIND": kind,
        "FAULT_LOG": f"{folder}.steps",
    }  # fmt: skip


def steps_of(bench, shim: Path) -> list[str]:
    """Return the steps on the disk of an undisturbed create."""
    folder = bench.prepare("create")
    ending = bench.run(bench.arguments("create", folder), **broken(shim, folder, 0, "none"))
    assert ending.status == 0, ending.err
    bench.check_end("create", folder)
    return Path(f"{folder}.steps").read_text().splitlines()


@pytest.mark.parametrize("kind", ["kill", "half"])
def test_killed_at_every_write(bench, shim, report, kind):
    steps = steps_of(bench, shim)
    assert any(" rename " in step for step in steps)
    chosen = range(1, len(steps) + 1) if ALL else range(1, len(steps) + 1, 4)
    problems = []
    for step in chosen:
        if kind == "half" and " write" not in steps[step - 1]:
            continue
        folder = bench.prepare("create")
        arguments = bench.arguments("create", folder)
        first = bench.run(arguments, **broken(shim, folder, step, kind))
        try:
            assert first.status in (0, -signal.SIGKILL), first.err
            for record in bench.records(folder):
                bench.check_intact(record)
            again = bench.run(arguments)
            assert again.status == 0, again.err
            bench.check_end("create", folder)
        except AssertionError as error:
            problems.append(f"step {steps[step - 1]}: {error}")
    report.count(f"{'killed before' if kind == 'kill' else 'killed in the middle of'} a write", len(chosen), problems)
    assert not problems, "\n\n".join(problems)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_disk_fails_at_every_write(bench, shim, report, code):
    steps = steps_of(bench, shim)
    chosen = range(1, len(steps) + 1) if ALL else range(1, len(steps) + 1, 5)
    problems = []
    for step in chosen:
        folder = bench.prepare("create")
        arguments = bench.arguments("create", folder)
        first = bench.run(arguments, **broken(shim, folder, step, str(code)))
        try:
            if first.status != 0:
                assert first.status == 1, f"status {first.status}: {first.err}"
                assert os.strerror(code) in first.err, first.err
            for record in bench.records(folder):
                bench.check_intact(record)
            again = bench.run(arguments)
            assert again.status == 0, again.err
            bench.check_end("create", folder)
        except AssertionError as error:
            problems.append(f"step {steps[step - 1]}: {error}")
    report.count(f"{os.strerror(code)} at a write", len(chosen), problems)
    assert not problems, "\n\n".join(problems)


def test_file_size_limit(bench, report):
    folder = bench.prepare("create")
    bench.proxy.arm(None)
    done = subprocess.run(
        [str(BINARY), *bench.arguments("create", folder)],
        env=bench.environment | {"AWS_ENDPOINT_URL": bench.proxy.endpoint},
        preexec_fn=lambda: (
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        ),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert os.strerror(errno.EFBIG) in done.stderr
    assert bench.stacks(folder.name) == [], "nothing is sent before the record is whole"
    assert bench.run(bench.arguments("create", folder)).status == 0
    bench.check_end("create", folder)
    report.count("file size limit", 1, [])


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="mounts need root")
@pytest.mark.parametrize("mount", ["mount --bind {0} {0} && mount -o remount,ro,bind {0}",
                                   "cp -r {0} {0}.copy && mount -t tmpfs -o size=16k none {0} && cp {0}.copy/* {0}"])
def test_read_only_folder_and_small_disk(bench, report, mount):
    folder = bench.prepare("create")
    bench.proxy.arm(None)
    command = [str(BINARY), *bench.arguments("create", folder)]
    script = f'mount --make-rprivate / && {mount.format(folder)} && exec "$@"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", *command],
        env=bench.environment | {"AWS_ENDPOINT_URL": bench.proxy.endpoint},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    reason = os.strerror(errno.EROFS if "remount,ro" in mount else errno.ENOSPC)
    assert done.returncode == 1, done.stderr
    assert reason in done.stderr
    assert bench.stacks(folder.name) == []
    assert bench.run(bench.arguments("create", folder)).status == 0
    bench.check_end("create", folder)
    report.count(f"a folder with: {reason}", 1, [])


def test_record_removed_in_between(bench, report):
    folder = bench.prepare("create")
    arguments = bench.arguments("create", folder)
    killed = bench.run(arguments, Plan("kill-after", Call("cloudformation:ExecuteChangeSet", 1)))
    assert killed.status == -signal.SIGKILL
    shutil.rmtree(folder / "run")
    again = bench.run(arguments)
    assert again.status == 0, again.err
    assert len(bench.stacks(folder.name)) == 1
    report.count("the record removed between two runs", 1, [])


def test_record_removed_during_the_run(bench, report):
    bench.aws.post("settings", {"resource_seconds": 0.5})
    folder = bench.prepare("create")
    arguments = bench.arguments("create", folder)
    bench.proxy.arm(None)
    process = bench.start(arguments)
    while not (folder / "run").exists() or not bench.stacks(folder.name):
        assert process.poll() is None, process.communicate()
    remove_while_written(folder / "run")
    _, err = process.communicate(timeout=120)
    bench.aws.post("settings", {"resource_seconds": 0})
    assert process.returncode in (0, 1), err
    if process.returncode == 1:
        assert "run/" in err, err
    again = bench.run(arguments)
    assert again.status == 0, again.err
    assert len(bench.stacks(folder.name)) == 1
    report.count("the record removed during the run", 1, [])


def remove_while_written(folder: Path) -> None:
    """Remove a folder that a process writes to: a file may come between the last removal and the folder's own."""
    for _ in range(100):
        try:
            return shutil.rmtree(folder)
        except FileNotFoundError:
            if not folder.exists():
                return
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:
                raise
    raise AssertionError(f"{folder} cannot be removed")


def test_two_creates_at_once(bench, report):
    problems = []
    for _ in range(8 if ALL else 2):
        folder = bench.prepare("create")
        arguments = bench.arguments("create", folder)
        bench.proxy.arm(None)
        both = [bench.start(arguments) for _ in range(2)]
        endings = [process.communicate(timeout=120) + (process.returncode,) for process in both]
        if [status for _, _, status in endings] != [0, 0]:
            problems.append(str(endings))
        stacks = bench.stacks(folder.name)
        if [stack["StackStatus"] for stack in stacks] != ["CREATE_COMPLETE"]:
            problems.append(str(stacks))
        for record in bench.records(folder):
            bench.check_whole(record)
    report.count("two creates at once in one folder", 8 if ALL else 2, problems)
    assert not problems, "\n\n".join(problems)
