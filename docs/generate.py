"""Writes the parts of the documentation that are derived from the code, or with --check says which are out of step.

Run with the package installed: `python docs/generate.py [--check]`.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord import notation
from onrecord.record import Record

ROOT = Path(__file__).resolve().parent.parent
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def main(check: bool) -> int:
    stale = [path for path, text in derived() if _differs(path, text)]
    for path, text in derived():
        if path in stale and not check:
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{'out of step (run python docs/generate.py)' if check else 'written'}: {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


def derived() -> Iterator[tuple[Path, str]]:
    """Each derived file with the text it should have."""
    yield ROOT / "src/onrecord/schema/record-1.json", json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text


def schema() -> dict[str, Any]:
    """The JSON Schema of a record, from the types in record.py."""
    nouns: dict[str, Any] = {}
    _define(Record, nouns)
    record = nouns.pop("Record")
    record["properties"] = {"schema": {"const": notation.SCHEMA}, **record["properties"]}
    record["required"] = ["schema", *record["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:onrecord:schema:{notation.SCHEMA}",
        "title": "A news report put on record by onrecord",
        **record,
        "$defs": dict(sorted(nouns.items())),
    }


def _define(noun: type, nouns: dict[str, Any]) -> None:
    if noun.__name__ in nouns:
        return
    nouns[noun.__name__] = {}
    hints = get_type_hints(noun)
    names = [field.name for field in dataclasses.fields(noun)]
    nouns[noun.__name__] = {
        "description": " ".join((inspect.getdoc(noun) or "").split()),
        "type": "object",
        "properties": {name: _shape(hints[name], nouns) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _shape(hint: Any, nouns: dict[str, Any]) -> dict[str, Any]:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        _define(hint, nouns)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if get_origin(hint) in (Union, UnionType):
        inner = [_shape(part, nouns) for part in get_args(hint) if part is not NoneType]
        return {"anyOf": [*inner, {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _shape(get_args(hint)[0], nouns)}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    return {"type": PLAIN[hint]}


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
