"""Runs `hyp init cluster-stack FOLDER` of the installed package, and tells nobody about it."""

from __future__ import annotations

import sys

from intercept import silence_telemetry

if __name__ == "__main__":
    silence_telemetry()
    from sagemaker.hyperpod.cli.commands.init import init

    init.main(["cluster-stack", sys.argv[1]])
