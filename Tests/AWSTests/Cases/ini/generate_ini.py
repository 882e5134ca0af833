"""Writes NAME.json beside each NAME.ini: what botocore reads in it, or {"error": true}.

    python3 generate_ini.py              # needs botocore
"""

import json
import pathlib

from botocore.configloader import raw_config_parse
from botocore.exceptions import ConfigParseError


def main():
    for path in sorted(pathlib.Path(__file__).parent.glob("*.ini")):
        try:
            result = raw_config_parse(str(path))
        except ConfigParseError:
            result = {"error": True}
        path.with_suffix(".json").write_text(json.dumps(result, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
