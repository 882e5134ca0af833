"""The bulk form of `stackgen render`, and random templates through it compared with Jinja2's own output."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import BINARY, ROOT

FUZZER = ROOT / "Tests" / "JinjaTests" / "differential" / "fuzz.py"


def answers(offline, *requests):
    """The answers to requests, one a line."""
    lines = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in requests)
    return [json.loads(line) for line in offline("render", "--jsonl", stdin=lines).out.splitlines()]


def test_random_templates_print_what_jinja2_prints():
    done = subprocess.run(
        [sys.executable, str(FUZZER), "--seed", "7", "--count", "1500", str(BINARY), "render", "--jsonl"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_answers_keep_order_ids_keys_and_kinds_of_numbers(offline):
    first, second = answers(
        offline,
        {"id": [1, {"z": 1, "a": None}], "template": "{{ d }}", "data": {"d": {"z": 1, "a": 1.0}}},
        {"template": "{{ 'é😀'|length }}\n", "options": {"keep_trailing_newline": True}},
    )
    assert first == {"id": [1, {"z": 1, "a": None}], "output": "{'z': 1, 'a': 1.0}"}
    assert second == {"id": None, "output": "2\n"}


def test_unknown_filters_and_named_templates_are_reported_when_they_are_reached(offline):
    taken = {"id": 1, "template": "{% if x %}{{ 1|nope }}{% endif %}ok", "data": {"x": True}}
    untaken = {"id": 2, "template": taken["template"]}
    unused = {"id": 3, "template": "{% if x %}{% include 'a' %}{% endif %}ok", "templates": {"a": "{{"}}
    used = {"id": 4, "template": "one\n {% include 'a' %}", "templates": {"a": "\n\n {{ b. }}"}}
    missing = {"id": 5, "template": "{% include 'b' %}"}
    one, two, three, four, five = answers(offline, taken, untaken, unused, used, missing)
    assert one["error"] == {
        "kind": "unknown_name", "message": "unknown filter `nope`", "template": "<template>", "line": 1, "column": 16,
    }
    assert two["output"] == three["output"] == "ok"
    assert (four["error"]["kind"], four["error"]["template"], four["error"]["line"]) == ("syntax", "a", 3)
    assert five["error"]["kind"] == "template_not_found"


def test_a_line_that_is_no_request_does_not_end_the_conversation(offline):
    bad, unknown, good = answers(
        offline, "{bad\n", {"id": 2, "template": "x", "options": {"trim_block": True}}, {"id": 3, "template": "x"}
    )
    assert bad["error"]["kind"] == unknown["error"]["kind"] == "request"
    assert "did you mean `trim_blocks`?" in unknown["error"]["message"]
    assert good == {"id": 3, "output": "x"}


def test_each_answer_comes_before_the_next_question():
    process = subprocess.Popen([str(BINARY), "render", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for number in range(3):
        process.stdin.write(json.dumps({"id": number, "template": "{{ 1 + 1 }}"}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == {"id": number, "output": "2"}
    process.stdin.close()
    assert process.wait(timeout=30) == 0


def test_check_reports_everything_that_is_known_without_data(offline):
    Path(offline.folder, "t.jinja").write_text("{% if x %}{{ 1|uper }}{% endif %}{{ range() }}{{ 1 + }}")
    run = offline("render", "--check", "t.jinja", expect=None)
    assert run.status != 0
    assert run.err.count("JINJA0") == 3 and "did you mean `upper`?" in run.err


def test_render_writes_a_file_and_reads_standard_input(offline):
    Path(offline.folder, "data.yaml").write_text("a: 1.30\nb: [1, 2]\n")
    offline("render", "-", "--data", "data.yaml", "--set", "c=x", "-o", "out.txt", stdin="{{ b }}{{ c }}\n")
    assert Path(offline.folder, "out.txt").read_text() == "[1, 2]x"
