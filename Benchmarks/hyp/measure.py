"""Times `validate` and `create --dry-run` of stackgen against what `hyp` does for the same folder.

`hyp create` has no dry run: measured is its whole way to the call, the call itself answered at once inside the process
and its telemetry taken away, which is to its advantage. The last rows are the floor: how long a process takes that does
nothing, and one of Python that does nothing, so that one sees how much of a time is the work itself.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HYP = ROOT / "Tests" / "EndToEnd" / "hyp"
sys.path.insert(0, str(HYP))

from compare import python  # noqa: E402

VALIDATE = """
import sys; sys.path.insert(0, sys.argv[1]); import intercept; intercept.silence_telemetry()
sys.argv = ["hyp", "validate"]
from sagemaker.hyperpod.cli.hyp_cli import cli
cli(standalone_mode=False)
"""
VERSION = VALIDATE.replace('"validate"', '"--version"')
CREATE = """
import os, pathlib, sys; sys.path.insert(0, sys.argv[1]); import intercept; intercept.silence_telemetry()
intercept.ZONES = {"us-east-2": ["use2-az1", "use2-az2"]}
sys.argv = ["hyp", "create"]
from sagemaker.hyperpod.cli.commands import init as commands
folder = pathlib.Path(".").resolve()
answer = intercept.answer(commands, (folder / "config.yaml").read_text(), "us-east-2", folder)
assert "parameters" in answer, answer
"""


def median(command: list[str], folder: Path, runs: int) -> float:
    """Return the median seconds of a command; the first run, which warms the caches, does not count."""
    times = []
    for _ in range(runs + 1):
        shutil.rmtree(folder / "run", ignore_errors=True)
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ | {"PYTHONWARNINGS": "ignore"})
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=str(ROOT / ".build" / "release" / "stackgen"))
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    interpreter = str(python())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "scaffold"
        subprocess.run([interpreter, str(HYP / "scaffold.py"), str(folder)], check=True, capture_output=True)
        rows = [
            ("--version", [options.binary, "--version"], [interpreter, "-c", VERSION, str(HYP)]),
            ("validate", [options.binary, "validate"], [interpreter, "-c", VALIDATE, str(HYP)]),
            ("create --dry-run", [options.binary, "create", "--dry-run", "--region", "us-east-2"],
             [interpreter, "-c", CREATE, str(HYP)]),
        ]  # fmt: skip
        print("| command | stackgen | hyp | ratio |\n|---|---|---|---|")
        for title, ours, theirs in rows:
            mine, its = median(ours, folder, options.runs), median(theirs, folder, max(3, options.runs // 2))
            print(f"| `{title}` | {mine * 1000:.1f} ms | {its * 1000:.0f} ms | {its / mine:.0f}x |", flush=True)
        nothing = median(["/bin/true"], folder, options.runs)
        python_alone = median([interpreter, "-c", "pass"], folder, options.runs)
        print(f"| a process that does nothing | {nothing * 1000:.1f} ms | {python_alone * 1000:.1f} ms | |")
        print(f"\nMedians of {options.runs} runs for one folder straight from `hyp init cluster-stack`.")


if __name__ == "__main__":
    main()
