"""Runs the templates of Jinja2's own tests through the engine and compares with Jinja2.

    pip download --no-deps --no-binary :all: jinja2==3.1.6 && tar xf jinja2-3.1.6.tar.gz
    python upstream.py jinja2-3.1.6 -- stackgen render --jsonl

The tests run once with a recorder in place of `from_string` and `render`; templates whose data is no JSON are left
out. Needs pytest. Exits with 1 when there is a difference; docs/jinja-compatibility.md says which are meant.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Cases"))
import generate  # noqa: E402

import fuzz  # noqa: E402

RECORDER = '''
import json, os, jinja2
from jinja2 import loaders

out = open(os.environ["RECORDED"], "w")
UNDEFINED = {jinja2.Undefined: "lenient", jinja2.ChainableUndefined: "chainable",
             jinja2.StrictUndefined: "strict", jinja2.DebugUndefined: "debug"}
NAMES = [name for name in ("trim_blocks lstrip_blocks keep_trailing_newline newline_sequence block_start_string "
         "block_end_string variable_start_string variable_end_string comment_start_string comment_end_string "
         "line_statement_prefix line_comment_prefix").split()]
DEFAULTS = jinja2.Environment()
KNOWN = {"ExprStmtExtension", "LoopControlExtension"}


def emit(environment, template, data):
    loader = environment.loader
    plain = type(environment) is jinja2.Environment and not environment.is_async and not callable(environment.autoescape)
    extensions = {name.split(".")[-1] for name in environment.extensions}
    if not plain or extensions - KNOWN or environment.undefined not in UNDEFINED or not isinstance(template, str):
        return
    if loader is not None and not isinstance(loader, loaders.DictLoader):
        return
    options = {n: getattr(environment, n) for n in NAMES if getattr(environment, n) != getattr(DEFAULTS, n)}
    options["undefined"] = UNDEFINED[environment.undefined]
    options["autoescape"] = "html" if environment.autoescape else "none"
    try:
        line = json.dumps({"template": template, "data": data, "options": options,
                           "templates": dict(loader.mapping) if loader else {}})
    except (TypeError, ValueError):
        return
    out.write(line + "\\n")
    out.flush()


compile_string, render_template = jinja2.Environment.from_string, jinja2.Template.render


def from_string(self, source, *args, **kwargs):
    try:
        template = compile_string(self, source, *args, **kwargs)
    except Exception:
        emit(self, source, {})
        raise
    template.recorded_source = source
    return template


def render(self, *args, **kwargs):
    source = getattr(self, "recorded_source", None)
    loader = self.environment.loader
    if source is None and isinstance(loader, loaders.DictLoader):
        source = loader.mapping.get(self.name)
    try:
        emit(self.environment, source, dict(*args, **kwargs))
    except (TypeError, ValueError):
        pass
    return render_template(self, *args, **kwargs)


jinja2.Environment.from_string, jinja2.Template.render = from_string, render
'''


def record(folder):
    """The requests that Jinja2's tests make, without repetitions."""
    with tempfile.TemporaryDirectory() as temporary:
        (pathlib.Path(temporary) / "recorder.py").write_text(RECORDER, encoding="utf-8")
        recorded = pathlib.Path(temporary) / "recorded.jsonl"
        environment = {**os.environ, "RECORDED": str(recorded), "PYTHONPATH": f"{temporary}:{folder / 'src'}"}
        ignored = [f"--ignore={folder / 'tests' / name}" for name in ("test_async.py", "test_async_filters.py")]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "recorder", str(folder / "tests"), *ignored]
        subprocess.run(command, env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return [json.loads(line) for line in dict.fromkeys(recorded.read_text(encoding="utf-8").splitlines())]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("program", nargs="+")
    arguments = parser.parse_args()
    cases = record(arguments.folder.resolve())
    different = 0
    for case, answer in zip(cases, fuzz.answers(arguments.program, cases)):
        expected = generate.evaluate(json.loads(json.dumps(case)))
        if fuzz.agrees(answer, expected):
            continue
        different += 1
        print(json.dumps(case, ensure_ascii=False), "\n  Jinja2:", expected, "\n  engine:", answer)
    print(f"{len(cases)} templates, {different} differ")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
