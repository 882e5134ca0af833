"""The parameters of a hosted stack, against those that the installed `hyp` sends."""

from __future__ import annotations

import os
import subprocess
import sys

from pathlib import Path

import pytest
import yaml
from conftest import BINARY, ROOT

HYP = ROOT / "Tests" / "EndToEnd" / "hyp"
COMPARISON = HYP / "compare.py"
sys.path.insert(0, str(HYP))

from compare import answer_of_stackgen, answers_of_hyp, compare  # noqa: E402
from generate import Case  # noqa: E402

EXAMPLES = sorted((ROOT / "examples" / "hosted").iterdir())


def test_parameters_are_those_of_hyp():
    """Over generated configurations; STACKGEN_CONFIGS of them, and a thousand by hand."""
    count = os.environ.get("STACKGEN_CONFIGS", "60")
    done = subprocess.run(
        [sys.executable, str(COMPARISON), "--seed", "7", "--count", count, "--binary", str(BINARY)],
        capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 unwanted differences" in done.stdout
    assert "48 of hyp's keys written\n" in done.stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_taken_by_both(offline, tmp_path, example: Path):
    """The hosted examples validate without a warning, and hyp sends the same for them."""
    offline("validate", "--strict", str(example))
    text = (example / "config.yaml").read_text()
    case = Case(yaml.safe_load(text)["region"], text.removesuffix("\n").split("\n"))
    (theirs,) = answers_of_hyp([case])
    ours = answer_of_stackgen(str(BINARY), case, tmp_path / "folder")
    problems, _ = compare(case, ours, theirs)
    assert problems == []


def test_a_text_of_groups_is_sent_as_it_is(offline):
    """Blanks included, as hyp does; what the hosted function would skip is refused."""
    text = '[ {"InstanceCount" : 1,"InstanceGroupName":  "workers","InstanceType":"ml.m5.4xlarge"} ]'
    config = offline.folder / "config.yaml"
    head = "# template: cluster-stack\nregion: us-east-2\nresource_name_prefix: a\ninstance_group_settings:\n"
    config.write_text(f"{head}  - '{text}'\n")
    offline("create", "--dry-run", "--record", str(offline.folder / "record"))
    sent = yaml.safe_load((offline.folder / "record" / "cfn_params.yaml").read_text())["Parameters"]
    assert sent["InstanceGroupSettings1"] == text
    config.write_text(f"{head}  - '{text[1:-1]}'\n")
    assert "HOST004" in offline("validate", str(config), expect=2).err
    offline("validate", "--fix", str(config))
    assert f"  - {text[1:-1].strip()}\n" in config.read_text()
