"""Writes what PyYAML reads from strings.yaml: python3 compare.py, in this folder, with PyYAML installed."""

import json
import pathlib

import yaml

folder = pathlib.Path(__file__).parent
read = yaml.safe_load((folder / "strings.yaml").read_bytes())
text = json.dumps(read, ensure_ascii=True, indent=1)
(folder / "strings.pyyaml.json").write_text(text + "\n")
