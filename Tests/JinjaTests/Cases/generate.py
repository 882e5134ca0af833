"""Evaluates every case of language/*.txt with Jinja2 and writes the results beside it as *.expected.json.

A case file is a list of cases. `=== name` begins a case; sections begin with `--- template`, `--- template NAME`
(a template that can be included), `--- data` (JSON) and `--- options` (JSON). A section ends where the next
line of dashes begins; its last newline does not count.

    python generate.py            (needs Jinja2 3.1)
"""

import json
import pathlib
import re
import sys

import jinja2


def read_cases(text):
    cases, case, key = {}, None, None
    # Lines are cut at the newline alone: a carriage return is part of a template.
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        if line.startswith("=== "):
            case = {"data": "{}", "options": "{}", "templates": {}}
            cases[line[4:].strip()] = case
            key = ("template", None)
            case["template"] = ""
        elif line.startswith("--- "):
            words = line[4:].split()
            key = ("templates", words[1]) if len(words) > 1 else (words[0], None)
            if key[1]:
                case["templates"][key[1]] = ""
            else:
                case[key[0]] = ""
        elif case is not None:
            if key[1]:
                case["templates"][key[1]] += line
            else:
                case[key[0]] += line
    for case in cases.values():
        for name in ("template", "data", "options"):
            case[name] = case[name].removesuffix("\n")
        case["templates"] = {name: text.removesuffix("\n") for name, text in case["templates"].items()}
        case["data"] = json.loads(case["data"])
        case["options"] = json.loads(case["options"])
    return cases


UNDEFINED = {
    "lenient": jinja2.Undefined,
    "chainable": jinja2.ChainableUndefined,
    "strict": jinja2.StrictUndefined,
    "debug": jinja2.DebugUndefined,
}


def evaluate(case):
    options = dict(case["options"])
    undefined = UNDEFINED[options.pop("undefined", "lenient")]
    autoescape = options.pop("autoescape", "none") == "html"
    environment = jinja2.Environment(
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        undefined=undefined,
        autoescape=autoescape,
        loader=jinja2.DictLoader(case["templates"]),
        **options,
    )
    try:
        return {"output": environment.from_string(case["template"]).render(case["data"])}
    except jinja2.TemplateSyntaxError:
        return {"error": "template"}
    except jinja2.UndefinedError:
        return {"error": "undefined"}
    except jinja2.TemplateNotFound:
        return {"error": "templateNotFound"}
    except Exception:
        return {"error": "any"}


def main():
    folder = pathlib.Path(__file__).parent / "language"
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            cases = read_cases(file.read())
        results = {name: evaluate(case) for name, case in cases.items()}
        text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
        path.with_suffix(".expected.json").write_text(text, encoding="utf-8")
        print(path.name, len(cases), file=sys.stderr)


if __name__ == "__main__":
    main()
