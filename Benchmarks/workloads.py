"""Writes the four workloads, a JSON file each: the templates by name (main.jinja is the entry) and their data."""

import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent
CLUSTER_STACK = HERE.parent / "templates" / "cluster-stack" / "cfn_params.jinja"

FILTERS = {"logical_id": 'replace("-", "") | title', "sha256": "upper", "to_json": "tojson"}


def portable(source):
    """The cluster-stack template for engines without our filters and without lists that change.

    A list that is appended to becomes an attribute of a namespace, our filters become two that every engine has.
    """
    names = set(re.findall(r"\bdo (\w+)\.append\(", source))
    for name in names:
        appended = rf"set {name}.parts = {name}.parts + [\1] %}}"
        source = re.sub(rf"\bdo {name}\.append\((.*?)\) %}}", appended, source, flags=re.S)
        source = re.sub(rf"\bdo {name}\.extend\((.*?)\) %}}", rf"set {name}.parts = {name}.parts + \1 %}}", source)
        source = re.sub(rf"\bset {name} = (.*?) %}}", rf"set {name} = namespace(parts=\1) %}}", source)
        source = re.sub(rf"(?<![.\w\"]){name}\b(?!\.parts| = )", f"{name}.parts", source)
    for ours, theirs in FILTERS.items():
        source = re.sub(rf"\| {ours}\b", f"| {theirs}", source)
    return source


def cluster_stack():
    data = json.loads((HERE / "workloads" / "cluster-stack" / "data.json").read_text())
    script = CLUSTER_STACK.with_name("upload_lifecycle.py")
    return {"main.jinja": portable(CLUSTER_STACK.read_text()), script.name: script.read_text()}, data


def instance_groups(count=10_000):
    main = """{% for group in groups %}{% if group.count > 0 and group.type != "ml.none" %}
- name: {{ group.name | upper }}{% if loop.first %} # first{% elif loop.last %} # last{% endif %}
  type: {{ group.type | replace("ml.", "") }}
  count: {{ group.count + 1 }} of {{ loop.length }}
  zones: [{{ group.zones | join(", ") }}]
  {%- if group.gpu %}
  gpu: {{ group.gpu.kind | lower }} x {{ group.gpu.count * group.count }}
  {%- endif %}
  {%- if loop.index is divisibleby 10 %}
  note: {{ group.note | default("none", true) | trim }}
  {%- endif %}
  volume: {{ group.volume_gib if group.volume_gib is not none else 100 }} GiB
{%- endif %}{% endfor %}
"""
    groups = [
        {
            "name": f"workers-{number}",
            "type": ["ml.g5.12xlarge", "ml.t3.2xlarge", "ml.none", "ml.p5.48xlarge"][number % 4],
            "count": number % 7,
            "zones": ["use1-az4", "use1-az6", "use1-az1"][: 1 + number % 3],
            "gpu": {"kind": "A10G", "count": 4} if number % 4 == 0 else None,
            "note": "  kept for the night shift " if number % 3 else "",
            "volume_gib": 500 if number % 2 else None,
        }
        for number in range(count)
    ]
    return {"main.jinja": main}, {"groups": groups}


def composition(depth=10):
    """Ten levels of inheritance, each with blocks of its own, includes in a loop and macros that call macros."""
    base = """<{{ title }}>
{% block head %}base head{% endblock %}
{% for item in items %}{% include "row.jinja" %}{% endfor %}
{% block body %}base body{% endblock %}
{% block foot %}base foot{% endblock %}
"""
    level = """{{% extends "{parent}" %}}
{{% from "macros.jinja" import field, group %}}
{{% block head %}}{{{{ super() }}}} / level {number}: {{{{ group("h{number}", items[:3]) }}}}{{% endblock %}}
{{% block body %}}{{% block body{number} %}}inner {number} {{{{ title }}}}{{% endblock %}}
{{{{ super() }}}}{{% for item in items %}}{{{{ field(item.key, item.value) }}}}{{% endfor %}}{{% endblock %}}
"""
    macros = """{% macro field(name, value, kind="text") %}<field {{ name }}={{ value }} type={{ kind }}/>{% endmacro %}
{% macro group(name, items) %}<group {{ name }}>{% for item in items %}{{ field(item.key, item.value, kind=name) }}
{% endfor %}</group>{% endmacro %}
"""
    row = """row {{ item.key }}: {% if item.value > 5 %}{{ item.value }}{% else %}small{% endif %} of {{ title }}
"""
    files = {"base.jinja": base, "macros.jinja": macros, "row.jinja": row}
    for number in range(1, depth + 1):
        name = "main.jinja" if number == depth else f"level{number}.jinja"
        parent = "base.jinja" if number == 1 else f"level{number - 1}.jinja"
        files[name] = level.format(parent=parent, number=number)
    items = [{"key": f"k{number}", "value": number} for number in range(40)]
    return files, {"title": "deep", "items": items}


def long_text(paragraphs=4_000):
    line = "A line of text that holds nothing to be replaced, copied from the template to the output as it is.\n"
    parts = []
    for number in range(paragraphs):
        parts.append(line * 2)
        if number % 100 == 0:
            parts.append("Here is {{ name }} for the {{ count }}th time in {{ region }}.\n")
    return {"main.jinja": "".join(parts)}, {"name": "ml-cluster", "count": 7, "region": "us-east-1"}


WORKLOADS = {
    "cluster-stack": cluster_stack,
    "instance-groups": instance_groups,
    "composition": composition,
    "long-text": long_text,
}


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in WORKLOADS.items():
        files, data = make()
        (folder / f"{name}.json").write_text(json.dumps({"templates": files, "data": data}))


if __name__ == "__main__":
    import sys

    write(pathlib.Path(sys.argv[1]))
