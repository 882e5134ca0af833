"""Measures Jinja2, minijinja and this engine on the four workloads in one run and prints the ratios.

    python measure.py ENGINE HEAP.so LOADS [TABLE.md]

minijinja reads Python objects through Python. To compare with its native speed the data is inlined in the template
as literals, and the measured time of a template with the literals alone is subtracted.
"""

import ctypes
import json
import os
import pathlib
import subprocess
import sys
import time

import jinja2
import minijinja

ENGINES = ("this engine", "minijinja", "Jinja2")


def nanoseconds(call, seconds=1.0):
    """The processor time of one call: the least of as many as fit. Other programs make calls slower, never faster."""
    least, count, end = float("inf"), 0, time.perf_counter() + seconds
    while time.perf_counter() < end or count < 5:
        start = time.process_time_ns()
        call()
        least = min(least, time.process_time_ns() - start)
        count += 1
    return least


def growth(call):
    """By how many bytes the heap grows at most during a call; 0 without the counter of heap.c."""
    counter = ctypes.CDLL(None)
    if not hasattr(counter, "heap_begin"):
        return 0
    counter.heap_most.restype = ctypes.c_long
    counter.heap_begin()
    call()
    return counter.heap_most()


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
    # What the first render loads and compiles is no part of it.
    template.render(data)
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
    environment.render_template("main.jinja")
    memory = growth(lambda: environment.render_template("main.jinja"))
    whole = nanoseconds(lambda: environment.render_template("main.jinja"))
    building = nanoseconds(lambda: environment.render_template("data.jinja"))
    return {"compile": nanoseconds(compile_all), "render": whole - building, "memory": memory, "building": building}


def measure(path, engine, heap):
    """The figures of the engines: times from one process each, the heap from another that counts it."""
    load = json.loads(path.read_text())
    alone = [sys.executable, __file__, "--one"]
    commands = {
        "this engine": [engine, str(path)],
        "minijinja": [*alone, "minijinja", str(path)],
        "Jinja2": [*alone, "jinja2", str(path)],
    }
    counting = os.environ | {"LD_PRELOAD": heap, "PYTHONMALLOC": "malloc"}

    def run(command, environment=None):
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)

    result = {name: run(command) for name, command in commands.items()}
    for name, command in commands.items():
        result[name]["memory"] = run(command, counting)["memory"]
    return result | {"data": len(json.dumps(load["data"]))}


def table(results):
    """The figures as Markdown; ratios say how many times as fast, or as small, this engine is."""
    lines = [
        "| workload | | this engine | minijinja | Jinja2 | against minijinja | against Jinja2 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, result in results.items():
        for what, unit, scale in (("compile", "ms", 1e6), ("render", "ms", 1e6), ("memory", "KiB", 1024)):
            ours, mini, jinja = (result[engine][what] / scale for engine in ENGINES)
            ratios = [f"{other / ours:.2f}x" if ours > 0 else "-" for other in (mini, jinja)]
            lines.append(f"| {name} | {what}, {unit} | {ours:.3f} | {mini:.3f} | {jinja:.3f} | {ratios[0]} | {ratios[1]} |")
        output, data = result["this engine"]["output"], result["data"]
        share = result["this engine"]["memory"] / (output + data)
        size = f"{output / 1024:.0f} + {data / 1024:.0f}"
        lines.append(f"| {name} | output + data, KiB | {size} | | | memory is {share:.2f} times that | |")
    return "\n".join(lines) + "\n"


def main():
    if sys.argv[1] == "--one":
        # A process that has given back a large block keeps memory for what comes next; the engine does the same.
        library = ctypes.CDLL(None)
        library.malloc.restype, library.malloc.argtypes, library.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
        library.free(library.malloc(16 << 20))
        load = json.loads(pathlib.Path(sys.argv[3]).read_text())
        print(json.dumps({"jinja2": measure_jinja2, "minijinja": measure_minijinja}[sys.argv[2]](load)))
        return
    engine, heap, loads, *output = sys.argv[1:]
    paths = sorted(pathlib.Path(loads).glob("*.json"))
    text = table({path.stem: measure(path, engine, heap) for path in paths})
    print(text)
    if output:
        pathlib.Path(output[0]).write_text(text)


if __name__ == "__main__":
    main()
