"""What a Python tool does: PyYAML's C loader, then the JSON Schema or a pydantic model of the same schema."""

from __future__ import annotations

import json
import sys

import yaml


def schema_check(schema_path: str):
    """Check by jsonschema, the validator built once."""
    import jsonschema

    with open(schema_path, encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    return lambda data: validator.is_valid(data)


def pydantic_check(schema_path: str):
    """Check by a pydantic model with the types of the schema: its fields, bounds and patterns, forbidding others."""
    from typing import Any, Literal, Union

    from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

    with open(schema_path, encoding="utf-8") as file:
        root = json.load(file)
    definitions = root.get("$defs", {})
    models: dict[str, Any] = {}
    count = 0

    def resolve(node):
        while "$ref" in node:
            node = {
                **definitions[node["$ref"].rsplit("/", 1)[1]],
                **{k: v for k, v in node.items() if k != "$ref"},
            }
        return node

    def kind(node):
        nonlocal count
        node = resolve(node)
        if "enum" in node:
            return Literal[tuple(node["enum"])]
        if "const" in node:
            return Literal[node["const"]]
        for word in ("anyOf", "oneOf"):
            if word in node:
                return Union[tuple(kind(part) for part in node[word])]  # noqa: UP007
        names = node.get("type", "object")
        if isinstance(names, list):
            return Union[tuple(kind({**node, "type": name}) for name in names)]  # noqa: UP007
        bounds = {
            "minimum": "ge",
            "maximum": "le",
            "minLength": "min_length",
            "maxLength": "max_length",
        }
        limits = {new: node[old] for old, new in bounds.items() if old in node}
        from typing import Annotated

        match names:
            case "null":
                return None
            case "boolean":
                return bool
            case "integer":
                return Annotated[
                    int, Field(**{k: v for k, v in limits.items() if k in ("ge", "le")})
                ]
            case "number":
                return Annotated[
                    float,
                    Field(**{k: v for k, v in limits.items() if k in ("ge", "le")}),
                ]
            case "string":
                text = {k: v for k, v in limits.items() if "length" in k}
                if "pattern" in node:
                    text["pattern"] = node["pattern"]
                return Annotated[str, Field(**text)]
            case "array":
                return list[kind(node.get("items", {}))] if node.get("items") else list
        if "properties" not in node:
            extra = node.get("additionalProperties")
            return dict[str, kind(extra)] if isinstance(extra, dict) else dict
        key = json.dumps(sorted(node["properties"]))
        if key not in models:
            count += 1
            required = set(node.get("required", ()))
            fields = {
                name: (kind(part), ...)
                if name in required
                else (Union[kind(part), None], None)  # noqa: UP007
                for name, part in node["properties"].items()
            }
            models[key] = create_model(
                f"Model{count}", __config__=ConfigDict(extra="forbid"), **fields
            )
        return models[key]

    model: type[BaseModel] = kind(root)

    def check(data):
        try:
            model.model_validate(data)
        except ValidationError:
            return False
        return True

    return check


def main() -> None:
    """`python_peer.py jsonschema|pydantic SCHEMA < paths`."""
    check = {"jsonschema": schema_check, "pydantic": pydantic_check}[sys.argv[1]](
        sys.argv[2]
    )
    valid = invalid = 0
    for line in sys.stdin:
        with open(line.rstrip("\n"), "rb") as file:
            data = yaml.load(file, Loader=yaml.CSafeLoader)
        if check(data):
            valid += 1
        else:
            invalid += 1
    print(f"{valid} valid, {invalid} invalid")


if __name__ == "__main__":
    main()
