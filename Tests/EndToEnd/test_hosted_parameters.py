"""The parameters of a hosted stack, against those that the installed `hyp` sends."""

from __future__ import annotations

import os
import subprocess
import sys

from conftest import BINARY, ROOT

COMPARISON = ROOT / "Tests" / "EndToEnd" / "hyp" / "compare.py"


def test_parameters_are_those_of_hyp():
    """Over generated configurations; STACKGEN_CONFIGS of them, and a thousand by hand."""
    count = os.environ.get("STACKGEN_CONFIGS", "60")
    done = subprocess.run(
        [sys.executable, str(COMPARISON), "--seed", "7", "--count", count, "--binary", str(BINARY)],
        capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 unwanted differences" in done.stdout
