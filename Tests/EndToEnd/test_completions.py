"""What shells offer: commands, flags, paths and values, from the declarations of the fields."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from conftest import BINARY, copy_example


def offered(offline, *words: str) -> list[str]:
    """What bash offers for the last word, with the script that the program prints."""
    script = offline("--generate-completion-script", "bash").out
    quoted = " ".join(f"'{word}'" for word in words)
    text = f"""{script}
COMP_WORDS=(stackgen {quoted})
COMP_CWORD={len(words)}
COMP_LINE="stackgen {' '.join(words)}"
COMP_POINT=${{#COMP_LINE}}
COMP_TYPE=9
COMPREPLY=()
_stackgen stackgen '{words[-1]}' '{words[-2] if len(words) > 1 else "stackgen"}'
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    # The script calls the program by its name, wherever it was built.
    programs = offline.folder.parent / "bin"
    programs.mkdir(exist_ok=True)
    if not (programs / "stackgen").exists():
        (programs / "stackgen").symlink_to(BINARY)
    done = subprocess.run(
        ["bash", "-c", text],
        cwd=offline.folder,
        env=offline.environment | {"PATH": f"{programs}:{offline.environment['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_printed_and_parse(offline, shell):
    script = offline("--generate-completion-script", shell).out
    assert "configure" in script and "validate" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_commands(offline):
    assert {"validate", "configure", "create"} <= set(offered(offline, ""))
    assert "yaml" not in offered(offline, "")


def test_paths_of_configure_without_a_configuration(offline):
    assert "eks.version=" in offered(offline, "configure", "eks.v")
    assert "--eks-version" in offered(offline, "configure", "--eks-v")
    assert offered(offline, "configure", "hyperpod.node_recovery=") != []


def test_paths_name_the_items_that_are_there(offline):
    copy_example("talk", offline.folder)
    found = offered(offline, "configure", "instance_groups")
    assert "instance_groups[gpu-workers].count=" in found
    assert "instance_groups+=" in found
    written = offered(offline, "configure", "--unset", "fsx.d")
    assert "fsx.deployment_type" in written and "fsx.data_repository_associations" in written
    assert "fsx.drop" not in written
    assert "task_governance.teams[team-a]" in offered(offline, "reset", "task_governance.teams")


def test_subjects_of_explain(offline):
    assert "FSX004" in offered(offline, "explain", "FSX00")
    assert "eks.version" in offered(offline, "explain", "eks.v")
