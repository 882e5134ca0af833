"""`configure`, `reset`, `upgrade`: the change asked for and not one other byte, from flags, JSON and a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import time

import pytest
from conftest import BINARY, copy_example


@pytest.fixture
def config(offline):
    """The talk's configuration, in a folder `c`."""
    return copy_example("talk", offline.folder / "c") / "config.yaml"


def configure(offline, *arguments, **options):
    return offline("configure", "--folder", "c", *arguments, **options)


def test_dry_run_is_a_patch(offline, config):
    before = config.read_bytes()
    changes = [
        "eks.version=1.34",
        "instance_groups[gpu-workers].count=8",
        "description=Another: one",
    ]
    difference = configure(offline, *changes, "--dry-run").out
    assert config.read_bytes() == before
    assert difference.startswith("--- a/c/config.yaml\n+++ b/c/config.yaml\n@@ ")
    done = subprocess.run(
        ["patch", "-p1", "--dry-run"],
        cwd=offline.folder,
        input=difference,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    subprocess.run(
        ["patch", "-p1"],
        cwd=offline.folder,
        input=difference,
        text=True,
        capture_output=True,
        check=True,
    )
    patched = config.read_bytes()
    config.write_bytes(before)
    configure(offline, *changes)
    assert config.read_bytes() == patched


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_difference_at_the_end_of_a_file(offline, config, ending):
    text = config.read_text() + "lifecycle: {}"
    config.write_bytes((text + ending).encode())
    difference = configure(offline, "--unset", "lifecycle", "--dry-run").out
    assert "-lifecycle: {}" in difference
    assert ("\\ No newline at end of file" in difference) == (ending == "")


def test_from_json(offline, config):
    (offline.folder / "changes.json").write_text(
        json.dumps(
            {
                "eks": {"version": "1.34"},
                "tags": {"team": None, "owner": "ml"},
                "instance_groups[gpu-workers].count": 6,
                "fsx": {"data_repository_associations": None},
            }
        )
    )
    before = config.read_text().splitlines()
    configure(offline, "--from-json", "changes.json")
    after = config.read_text().splitlines()
    assert '  version: "1.34"' in after
    assert "  owner: ml" in after
    assert "    count: 6" in after
    assert not any("data_repository" in line for line in after)
    kept = [
        line for line in before if line.startswith("#") or "task_governance" in line
    ]
    assert all(line in after for line in kept)


def test_from_json_loses_no_digit(offline, config):
    before = config.read_bytes()
    run = configure(
        offline, "--from-json", "-", stdin='{"eks": {"version": 1.30}}', expect=2
    )
    assert "double quotes" in run.err
    assert config.read_bytes() == before


def test_rename_reset_and_upgrade(offline, config):
    text = config.read_text()
    configure(offline, "--rename", "tags.team=owner")
    assert config.read_text() == text.replace(
        "  team: ml-platform", "  owner: ml-platform"
    )
    config.write_text(text)
    offline("reset", "--folder", "c", "instance_groups[gpu-workers].ebs_volume_gib")
    assert config.read_text() == text.replace("    ebs_volume_gib: 500\n", "", 1)
    offline("reset", "--folder", "c", "fsx", "eks.version")
    assert (
        "fsx:" not in config.read_text() and "version: 1.33" not in config.read_text()
    )
    assert "no default" in offline("reset", "--folder", "c", "name", expect=2).err
    assert (
        "eks.version" in offline("reset", "--folder", "c", "eks.vrsion", expect=2).err
    )
    before = config.read_bytes()
    assert "the newest version" in offline("upgrade", "--folder", "c").err
    assert config.read_bytes() == before


@pytest.mark.parametrize("way", ["argument", "json"])
def test_a_key_with_dots_makes_its_map(offline, config, way):
    text = config.read_text()
    path = 'instance_groups[gpu-workers].labels["example.com/pool"]'
    if way == "json":
        configure(offline, "--from-json", "-", stdin=json.dumps({path: "a"}))
    else:
        configure(offline, f"{path}=a")
    assert "    labels:\n      example.com/pool: a\n" in config.read_text()
    assert config.read_text().replace("    labels:\n      example.com/pool: a\n", "") == text
    # A list is not made for the sake of an item's name.
    assert "has no items" in configure(offline, "restricted_instance_groups[x].count=1", expect=2).err


def test_all_changes_or_none(offline, config):
    before = config.read_bytes()
    configure(
        offline, "eks.version=1.34", "instance_groups[gpu-workers].count=many", expect=2
    )
    configure(offline, "eks.version=1.34", "--unset", "nothing", expect=2)
    assert config.read_bytes() == before


def test_without_a_terminal_a_change_is_needed(offline, config):
    assert "no change given" in configure(offline, expect=252).err


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, offline, *arguments):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [str(BINARY), *arguments],
            cwd=offline.folder,
            env=offline.environment | {"TERM": "dumb"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            close_fds=True,
        )
        os.close(slave)
        self.shown = ""

    def wait_for(self, words: str) -> None:
        """Read until the words are shown."""
        end = time.monotonic() + 20
        while words not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self.master], [], [], 0.2)[0]:
                self.shown += os.read(self.master, 4096).decode()
        self.shown = self.shown.split(words, 1)[1]

    def answer(self, question: str, text: str) -> None:
        """Answer a question."""
        self.wait_for(question)
        os.write(self.master, (text + "\n").encode())

    def end(self) -> int:
        """Read the rest and give the status."""
        try:
            while True:
                piece = os.read(self.master, 4096).decode()
                if not piece:
                    break
                self.shown += piece
        except OSError:
            pass
        os.close(self.master)
        return self.process.wait(timeout=20)


def test_form_asks_checks_and_writes(offline, config):
    text = config.read_text()
    terminal = Terminal(offline, "configure", "--folder", "c")
    terminal.answer("name [ml-cluster]: ", "Not_A_Name")
    terminal.answer("name [ml-cluster]: ", "")
    terminal.answer("description [", "From a form")
    terminal.answer("region [us-east-1]: ", ":?")
    terminal.wait_for("AWS region of everything")
    terminal.answer("region [us-east-1]: ", "")
    terminal.answer("template_bucket [none]: ", ":s")
    terminal.answer("tags", "")
    terminal.answer("go through stack?", ":q")
    terminal.wait_for("-description:")
    terminal.wait_for("+description: From a form")
    terminal.answer("[y/N]", "y")
    assert terminal.end() == 0, terminal.shown
    old = next(line for line in text.splitlines() if line.startswith("description:"))
    assert config.read_text() == text.replace(old, "description: From a form")


def test_form_can_be_left_at_any_point(offline, config):
    before = config.read_bytes()
    terminal = Terminal(offline, "configure", "--folder", "c")
    terminal.wait_for("name [ml-cluster]: ")
    os.write(terminal.master, b"\x04")
    assert terminal.end() == 0
    assert "nothing was changed" in terminal.shown
    terminal = Terminal(offline, "configure", "--folder", "c")
    terminal.answer("name [ml-cluster]: ", "other-name")
    terminal.answer("description [", ":q")
    terminal.answer("[y/N]", "n")
    assert terminal.end() == 0
    assert config.read_bytes() == before
