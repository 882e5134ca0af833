"""Compares the engine with Jinja2 on random templates.

    python fuzz.py --seed 1 --count 10000 -- stackgen render --jsonl

The program behind `--` reads one JSON object a line and answers each with `{"output"}` or `{"error"}`. A case
counts as different when the outputs differ or when only one side fails. Exits with 1 when there is a difference.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Cases"))
import generate  # noqa: E402

warnings.simplefilter("ignore")

DATA = {
    "a": 3, "b": -2, "f": 2.5, "t": True, "n": None, "s": "Hello <b> World", "l": [3, 1, 2], "ls": ["b", "A", "c d"],
    "d": {"k": "v", "x": {"y": [1, 2]}, "z": 0},
    "ld": [{"n": "x", "v": 2}, {"n": "Y", "v": 1}, {"n": "x", "v": 3}],
}
NAMES = [*DATA, "u"]
LITERALS = [
    "1", "0", "-7", "2.5", "1e3", '"a b"', "'<x>'", '""', "[]", "[1, 2, 3]", '[2, "a", none]', "{}",
    '{"a": 1, "b": [2]}', "(1, 2)", "true", "false", "none", '"%s-%d"', '"1.50"', "range(4)", "10", '"é😀"', "'it\\'s'",
]
FILTERS = """upper lower title capitalize length list first last sort reverse|list join join("-") abs int float round
round(1) string trim default("D") default("D",true) tojson escape e safe replace("a","b") unique|list sum min max
batch(2)|list slice(2)|list map("string")|list map("upper")|list select|list reject("none")|list map(attribute="n")|list
sort(attribute="v") groupby("n") selectattr("v","gt",1)|list dictsort items|list indent(2) indent(2,true) wordcount
wordwrap(5) truncate(6) truncate(5,true,"") center(9) urlencode striptags filesizeformat format(1,2) pprint xmlattr
forceescape count urlize attr("k") wordwrap(3,false) sort(reverse=true) sum(attribute="v") max(attribute="v")
join(",",attribute="n")""".split()
TESTS = [
    "defined", "none", "string", "number", "mapping", "sequence", "iterable", "odd", "even", "divisibleby 2", "eq 1",
    'in [1,2,"a"]', "lower", "upper", "true", "integer", "float", "boolean", "callable", "sameas none",
]
MEMBERS = [
    "k", "x", "y", "upper()", "items()", "keys()", "split()", "strip()", "0", "title()", "count(1)",
    'replace("l","L")', 'startswith("H")', 'get("k")',
]
COMPARISONS = ["==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
TEXTS = ["a", "\n", "  \n  ", " b ", "<p>\n", "\n\n", "", "x: ", "\t"]


class Grammar:
    """Makes templates from a seeded source of randomness."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = self.random.choice

    def chance(self, probability):
        return self.random.random() < probability

    def expression(self, depth):
        if depth <= 0:
            return self.pick(LITERALS) if self.chance(0.5) else self.pick(NAMES)
        one, two = self.expression(depth - 1), self.expression(depth - 1)
        numbers = f"{self.pick(['a', 'b', 'f', '2', '1.5'])} {self.pick(['+', '-', '*', '//', '%'])} {self.pick('af3')}"
        forms = [
            f"{one} ~ {two}", numbers, f"({one} {self.pick(COMPARISONS)} {two})", f"(not {one})",
            f"({one}).{self.pick(MEMBERS)}", f"({one} if {two} else {self.expression(depth - 1)})",
            f"({one} is {self.pick(TESTS)})", f"[{one}, {two}]",
            self.pick(["l", "s", "ls"]) + "[" + self.pick(["0", "-1", "1:", "::-1", ":2"]) + "]",
            *[f"({one})|{self.pick(FILTERS)}"] * 5,
        ]
        return self.pick(forms)

    def tag(self, text):
        return "{%" + self.pick(["", "", "", "-", "+"]) + f" {text} " + self.pick(["", "", "", "-", "+"]) + "%}"

    def output(self):
        mark = lambda: self.pick(["", "-"])  # noqa: E731
        return f"{self.pick(TEXTS)}{{{{{mark()} {self.expression(2)} {mark()}}}}}{self.pick(TEXTS)}"

    def body(self, depth):
        return "".join(self.statement(depth) for _ in range(self.random.randrange(1, 4)))

    def block(self, head, end, depth, extra=""):
        return self.tag(head) + self.body(depth - 1) + extra + self.tag(end)

    def statement(self, depth):
        if depth <= 0:
            return self.output()
        one, two = self.expression(1), self.expression(2)
        forms = [
            lambda: self.block(f"if {two}", "endif", depth, self.tag("else") + self.body(depth - 1)),
            lambda: self.block(f"if {one}", "endif", depth, self.tag(f"elif {two}") + self.body(depth - 1)),
            lambda: self.loop(one, two, depth),
            lambda: self.tag(f"set {self.pick(NAMES)} = {two}"),
            lambda: self.block("set q", "endset", depth) + "{{ q }}",
            lambda: self.block(f"macro m(p, r={one})", "endmacro", depth, "{{ p }}{{ r }}{{ varargs }}") + f"{{{{ m({one}) }}}}",
            lambda: self.block(f"with a = {one}, z = {two}", "endwith", depth),
            lambda: self.block(f"filter {self.pick(['upper', 'trim', 'indent(1)', 'title'])}", "endfilter", depth),
            lambda: "{#" + self.pick(["", "-", "+"]) + " c " + self.pick(["", "-", "+"]) + "#}",
            lambda: "{% raw %}" + self.pick(["{{ x }}", " {% y %} ", "a\n"]) + "{% endraw -%}",
            lambda: self.tag(f"if {one}") + self.tag(f"set {self.pick(NAMES)} = {two}") + self.tag("endif"),
            lambda: self.tag("include 'inc'"),
            lambda: self.tag("from 'lib' import m1, v") + f"{{{{ m1({one}) }}}}{{{{ v }}}}",
        ]
        return self.pick(forms)()

    def loop(self, one, two, depth):
        condition = f" if {one}" if self.chance(0.2) else ""
        shown = self.pick(["{{ loop.index }}", "{{ i }}", "{{ loop.last }}", "{{ loop.nextitem }}", "{{ loop.length }}", ""])
        otherwise = self.tag("else") + self.body(depth - 1) if self.chance(0.3) else ""
        target = self.pick(["i", "a", "q, w"])
        return self.block(f"for {target} in {two}{condition}", "endfor", depth, shown + otherwise)

    def case(self):
        options = {name: True for name in ("trim_blocks", "lstrip_blocks", "keep_trailing_newline") if self.chance(0.4)}
        options["autoescape"] = "html" if self.chance(0.3) else "none"
        options["undefined"] = self.pick(["lenient"] * 4 + ["chainable", "strict", "debug"])
        library = "{% macro m1(x) %}[" + self.body(1) + "{{ x }}]{% endmacro %}{% set v = " + self.expression(1) + " %}"
        return {
            "template": self.body(self.random.randrange(3)), "data": DATA, "options": options,
            "templates": {"inc": self.body(1), "lib": library},
        }


def is_comparable(text):
    """Addresses of objects are different in every run."""
    return not any(mark in text for mark in (" at 0x", "<generator", "built-in method"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("program", nargs="+")
    arguments = parser.parse_args()
    grammar = Grammar(arguments.seed)
    cases = [grammar.case() for _ in range(arguments.count)]
    lines = "".join(json.dumps({"id": number, **case}) + "\n" for number, case in enumerate(cases))
    answers = subprocess.run(arguments.program, input=lines, capture_output=True, text=True).stdout.splitlines()
    different, failing = abs(len(cases) - len(answers)), 0
    for case, line in zip(cases, answers):
        # A copy: some of Jinja2's filters change the lists they are given.
        answer, expected = json.loads(line), generate.evaluate(json.loads(json.dumps(case)))
        failing += "error" in expected
        if "output" in expected and not is_comparable(expected["output"]):
            continue
        if answer.get("output") == expected.get("output") and ("error" in answer) == ("error" in expected):
            continue
        different += 1
        if different <= arguments.show:
            print(json.dumps(case, ensure_ascii=False), "\n  Jinja2:", expected, "\n  engine:", answer)
    print(f"{len(cases)} cases, {failing} of them fail in Jinja2, {different} differ")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
