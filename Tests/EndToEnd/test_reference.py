"""What is generated and kept in git is what this version generates."""

from __future__ import annotations

import filecmp
import os
import subprocess
from pathlib import Path

import pytest
from conftest import BINARY, ROOT

COMMAND = "run `make reference` and read the difference"
# Pages beside the generated ones that people write.
WRITTEN = {Path("docs/reference/governance-replay.md")}


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run(
        [str(ROOT / "scripts" / "update-reference"), str(folder)],
        env=os.environ | {"STACKGEN_BINARY": str(BINARY)},
        check=True,
    )
    return folder


@pytest.mark.parametrize("part", ["runs", "docs/reference"])
def test_generated_files_are_up_to_date(generated, part):
    fresh = {path.relative_to(generated) for path in (generated / part).rglob("*") if path.is_file()}
    kept = {path.relative_to(ROOT) for path in (ROOT / part).rglob("*") if path.is_file()} - WRITTEN
    assert fresh == kept, COMMAND
    stale = [str(path) for path in sorted(fresh) if not filecmp.cmp(generated / path, ROOT / path, shallow=False)]
    assert not stale, COMMAND


def test_every_example_has_a_reference_run():
    examples = {path.stem for path in (ROOT / "examples" / "clusters").glob("*.yaml")}
    assert examples == {path.name for path in (ROOT / "runs").iterdir() if path.is_dir()}
