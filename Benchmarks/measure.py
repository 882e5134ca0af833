"""Measures Jinja2, minijinja and this engine on the four workloads in one run and prints the ratios.

    python measure.py ENGINE LOADS [TABLE.md]

minijinja reads Python objects through Python. To compare with its native speed the data is inlined in the template
as literals, and the measured time of a template with the literals alone is subtracted.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time

import jinja2
import minijinja

ENGINES = ("this engine", "minijinja", "Jinja2")


def nanoseconds(call, seconds=1.0):
    """The median time of one call, from as many calls as fit."""
    samples, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(samples) < 5:
        start = time.perf_counter_ns()
        call()
        samples.append(time.perf_counter_ns() - start)
    return statistics.median(samples)


def process_size(name):
    for line in open("/proc/self/status"):
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


def growth(call):
    """By how many bytes the process grows at most during a call."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    before = process_size("VmRSS:")
    call()
    return process_size("VmHWM:") - before


def literal(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return {"None": "none", "True": "true", "False": "false"}.get(repr(value), repr(value))


def measure_jinja2(load):
    options = {"trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.do", "jinja2.ext.loopcontrols"]}
    templates, data = load["templates"], load["data"]

    def compile_all():
        environment = jinja2.Environment(**options)
        for name, text in templates.items():
            environment.compile(text, name)

    template = jinja2.Environment(loader=jinja2.DictLoader(templates), **options).get_template("main.jinja")
    memory = growth(lambda: template.render(data))
    return {"compile": nanoseconds(compile_all), "render": nanoseconds(lambda: template.render(data)), "memory": memory}


def measure_minijinja(load):
    options = {"trim_blocks": True, "lstrip_blocks": True}
    templates, data = load["templates"], load["data"]

    def compile_all():
        environment = minijinja.Environment(**options)
        for name, text in templates.items():
            environment.add_template(name, text)

    prefix = "".join("{% set " + name + " = " + literal(value) + " %}" for name, value in data.items())
    inlined = templates | {"main.jinja": prefix + templates["main.jinja"], "data.jinja": prefix}
    environment = minijinja.Environment(templates=inlined, **options)
    environment.render_template("data.jinja")
    memory = growth(lambda: environment.render_template("main.jinja"))
    whole = nanoseconds(lambda: environment.render_template("main.jinja"))
    building = nanoseconds(lambda: environment.render_template("data.jinja"))
    return {"compile": nanoseconds(compile_all), "render": whole - building, "memory": memory, "building": building}


def measure(path, engine):
    load = json.loads(path.read_text())
    alone = [sys.executable, __file__, "--one"]
    run = lambda command: json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {
        "this engine": run([engine, str(path)]),
        "minijinja": run([*alone, "minijinja", str(path)]),
        "Jinja2": run([*alone, "jinja2", str(path)]),
        "data": len(json.dumps(load["data"])),
    }


def table(results):
    """The figures as Markdown; ratios say how many times as fast this engine is."""
    lines = [
        "| workload | | this engine | minijinja | Jinja2 | against minijinja | against Jinja2 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, result in results.items():
        for what, unit, scale in (("compile", "ms", 1e6), ("render", "ms", 1e6), ("memory", "KiB", 1024)):
            ours, mini, jinja = (result[engine][what] / scale for engine in ENGINES)
            ratios = [f"{other / ours:.2f}x" if ours > 0 else "-" for other in (mini, jinja)]
            lines.append(f"| {name} | {what}, {unit} | {ours:.3f} | {mini:.3f} | {jinja:.3f} | {ratios[0]} | {ratios[1]} |")
        size = result["this engine"]["output"]
        lines.append(f"| {name} | output and data, KiB | {size / 1024:.0f} + {result['data'] / 1024:.0f} | | | | |")
    return "\n".join(lines) + "\n"


def main():
    if sys.argv[1] == "--one":
        load = json.loads(pathlib.Path(sys.argv[3]).read_text())
        print(json.dumps({"jinja2": measure_jinja2, "minijinja": measure_minijinja}[sys.argv[2]](load)))
        return
    paths = sorted(pathlib.Path(sys.argv[2]).glob("*.json"))
    text = table({path.stem: measure(path, sys.argv[1]) for path in paths})
    print(text)
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_text(text)


if __name__ == "__main__":
    main()
