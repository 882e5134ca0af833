"""`stackgen yaml --jsonl`: trees and located errors, a line for a line."""

from __future__ import annotations

import json

import pytest

TREES = {
    "texts-stay": (
        "a: 1.30\nb: yes\nc: ~\nd: 0x1F",
        {"a": "1.30", "b": "yes", "c": "~", "d": "0x1F"},
    ),
    "absent": (
        "a:\nb: ''\nc: [ , ]".replace("[ , ]", "[x, ]"),
        {"a": "", "b": "", "c": ["x"]},
    ),
    "empty": ("", ""),
    "comment": ("# nothing\n", ""),
    "merge": (
        "b: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}",
        {"b": {"x": "1", "y": "2"}, "c": {"x": "1", "y": "3"}},
    ),
    "merge-list": (
        "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\n",
        {"a": {"x": "1"}, "b": {"x": "2", "y": "2"}, "c": {"x": "1", "y": "2"}},
    ),
    "quoted-merge": ('{"<<": {a: b}}', {"<<": {"a": "b"}}),
    "folded": ("a: >-\n  one\n  two\nb: |\n  x\n", {"a": "one two", "b": "x\n"}),
    "characters": ('a: "\\u00e9\\0\\x7f\\U0001F600\\/"', {"a": "é\0\x7f😀/"}),
    "crlf-and-bom": ("\ufeffa: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    "sixty-levels": ("[" * 60 + "x" + "]" * 60, None),
    "alias": ("a: &x [1]\nb: *x", {"a": ["1"], "b": ["1"]}),
    "tag": ("a: !Ref x", {"a": "x"}),
}
ERRORS = {
    "duplicate": ("a: 1\n'a': 2", 2, 1),
    "duplicate-deep": ('x:\n  - {k: 1, "k": 2}', 2, 12),
    "collection-as-key": ("? [a]\n: b", 1, 3),
    "undefined-alias": ("a: *nobody", 1, 4),
    "recursive-alias": ("a: &x [*x]", 1, 8),
    "second-document": ("a: 1\n---\nb: 2", 2, 1),
    "nesting": ("[" * 10_000, 1, 201),
    "tab": ("a:\n\tb: 1", 2, 1),
    "wide": ("日本: *x", 1, 5),
}


def ask(offline, *requests):
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    return [
        json.loads(line)
        for line in offline("yaml", "--jsonl", stdin=lines).out.splitlines()
    ]


def test_trees(offline):
    answers = ask(
        offline, *({"id": name, "text": text} for name, (text, _) in TREES.items())
    )
    assert [answer["id"] for answer in answers] == list(TREES)
    for answer, (_, expected) in zip(answers, TREES.values()):
        if expected is not None:
            assert answer == {"id": answer["id"], "tree": expected}
    (deep,) = (answer["tree"] for answer in answers if answer["id"] == "sixty-levels")
    for _ in range(60):
        (deep,) = deep
    assert deep == "x"


def test_errors(offline):
    answers = ask(
        offline,
        *({"id": [name], "text": text} for name, (text, _, _) in ERRORS.items()),
    )
    for answer, (name, (_, line, column)) in zip(answers, ERRORS.items(), strict=True):
        assert answer["id"] == [name]
        assert (answer["error"]["line"], answer["error"]["column"]) == (line, column), (
            answer
        )
        assert answer["error"]["message"]


def test_expansion_is_counted_and_not_made(offline):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (answer,) = ask(offline, {"id": 1, "text": "\n".join(lines)})
    assert answer["error"]["line"] == 7


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", '{"id": 7}', '{"id": 7, "text": 1}']
)
def test_what_is_no_request(offline, line):
    run = offline("yaml", "--jsonl", stdin=line + "\n\n" + '{"id":2,"text":"x"}')
    first, second = map(json.loads, run.out.splitlines())
    assert first["id"] == (7 if "7" in line else None)
    assert first["error"]["message"]
    assert second == {"id": 2, "tree": "x"}


def test_is_not_in_the_help(offline):
    assert " yaml " not in offline("--help").out
