"""Bad input: every problem at its place, status 2, nothing written, nothing sent."""

from __future__ import annotations

import re

import pytest

CASES = {
    "missing": (None, "RUN001", None),
    "empty": (b"", "", 1),
    "not-utf-8": (b"kind: cluster-stack\nname: \xff\xfe\n", "YAML001", 2),
    "syntax": (b"kind: cluster-stack\nname: [unclosed\nregion: us-east-1\n", "YAML", None),
    "duplicate-key": (b"kind: cluster-stack\nname: a\nname: b\n", "YAML010", 3),
    "tab": (b"kind: cluster-stack\neks:\n\tversion: 1.33\n", "YAML004", 3),
    "alias-bomb": (
        b"a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + b"".join(
            f"{name}: &{name} [{', '.join(['*' + previous] * 10)}]\n".encode()
            for previous, name in zip("abcdefgh", "bcdefghi")
        ),
        "YAML015",
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_unreadable(offline, name):
    contents, rule, line = CASES[name]
    folder = offline.folder / "c"
    folder.mkdir()
    if contents is not None:
        (folder / "config.yaml").write_bytes(contents)
    before = sorted(path.name for path in folder.iterdir())
    for command in (["validate", "c"], ["create", "c"], ["create", "c", "--dry-run"]):
        run = offline(*command, expect=2)
        assert rule in run.err
        if line is not None:
            assert re.search(rf"config\.yaml:{line}:\d+", run.err), run.err
    assert sorted(path.name for path in folder.iterdir()) == before


# A change of one line of a valid configuration, and what has to be said about it.
MISTAKES = {
    "unknown-key": ("  version: 1.33", "  vresion: 1.33", "did you mean `version`?"),
    "wrong-type": ("    count: 4", "    count: four", "config.yaml"),
    "out-of-range": ("    count: 4", "    count: 99999", "config.yaml"),
    "list-for-map": ("eks:", "eks: [1]\nremoved_eks:", "config.yaml"),
    "enum": ("  deployment_type: PERSISTENT_2", "  deployment_type: PERSISTENT_3", "PERSISTENT_2"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_located(offline, name):
    old, new, words = MISTAKES[name]
    offline("init", "cluster-stack", "c", "--example", "talk")
    config = offline.folder / "c" / "config.yaml"
    text = config.read_text()
    line = next(number for number, content in enumerate(text.splitlines(), 1) if content.startswith(old))
    lines = text.splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    config.write_text("".join(lines))
    run = offline("validate", "c", expect=2)
    assert words in run.err
    assert f"config.yaml:{line}:" in run.err, run.err
    assert re.search(r"error\[[A-Z]+\d{3}\]", run.err)
    offline("create", "c", expect=2)
    assert not (offline.folder / "c" / "run").exists()


def test_all_problems_at_once(offline):
    offline("init", "cluster-stack", "c", "--example", "talk")
    config = offline.folder / "c" / "config.yaml"
    text = config.read_text()
    text = text.replace("  version: 1.33", "  vresion: 1.33").replace("    count: 4", "    count: four")
    text = text.replace("PERSISTENT_2", "PERSISTENT_3")
    config.write_text(text)
    run = offline("validate", "c", expect=2)
    assert run.err.count("error[") >= 3, run.err


def test_a_broken_template_points_into_the_template(offline):
    offline("init", "cluster-stack", "c", "--example", "talk")
    template = offline.folder / "c" / "cfn_params.jinja"
    text = template.read_text()
    template.write_text(text + "{{ eks.vresion }}\n{{ name | lowr }}\n")
    run = offline("validate", "c", expect=2)
    assert "cfn_params.jinja:" in run.err
    assert "lower" in run.err


def test_statuses_of_the_command_line(offline):
    assert offline("--version").out.strip() == "0.1.0"
    assert offline("no-such-command", expect=252).err
    assert offline("validate", "--no-such-flag", expect=252).err
    offline("init", "cluster-stack", "c")
    again = offline("init", "cluster-stack", "c", expect=4)
    assert "RUN003" in again.err
    offline("init", "cluster-stack", "c", "--force")
    no_credentials = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": ""}
    assert offline("create", "c", expect=253, **no_credentials).err
    unlawful = offline("create", "c", "--endpoint-url", "http://example.com", expect=253)
    assert "plain http" in unlawful.err
