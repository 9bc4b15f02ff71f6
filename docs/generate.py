"""Writes the parts of the documentation that are derived from the code, or with --check says which are out of step.

Run with the package installed: `python docs/generate.py [--check] [--quick]`. The quick run leaves out the
README, whose shown output takes running the commands, and the index of decisions.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click

from onrecord import notation
from onrecord.record import Record
from onrecord.show import cli

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = ROOT / "docs/decisions"
WIDTH = 100
CONSOLE = re.compile(r"```console\n\$ (.*)\n((?:.*\n)*?)```")
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def main(check: bool, quick: bool) -> int:
    stale = [(path, text) for path, text in derived(quick) if _differs(path, text)]
    for path, text in stale:
        if not check:
            path.write_text(text, encoding="utf-8")
        print(f"{'out of step (run make docs)' if check else 'written'}: {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


def derived(quick: bool) -> Iterator[tuple[Path, str]]:
    """Each derived file with the text it should have."""
    yield ROOT / "src/onrecord/schema/record-1.json", json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    yield ROOT / "docs/cli.md", "\n".join(reference())
    if not quick:
        yield DECISIONS / "README.md", "\n".join(index())
        yield ROOT / "README.md", with_output((ROOT / "README.md").read_text(encoding="utf-8"))


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


def reference() -> Iterator[str]:
    """The help of every command, as Markdown."""
    yield "# Commands\n"
    yield "Made from the commands' own help by `make docs`.\n"
    yield from _help_of(cli.main, "onrecord", 2)


def index() -> Iterator[str]:
    """The list of decisions."""
    yield "# Decisions\n"
    yield "Half a page each, where an alternative was real. One that is overturned stays, and says by which.\n"
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        yield f"- [{title}]({path.name})"
    yield ""


def _help_of(command: click.Command, name: str, level: int) -> Iterator[str]:
    settings = {**cli.main.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, **settings)
    yield f"{'#' * level} {name}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            yield from _help_of(command.commands[each], f"{name} {each}", level + 1)


def with_output(readme: str) -> str:
    """The README with what its commands print put after each; those of make, and those on files not here, are left."""
    return CONSOLE.sub(lambda found: f"```console\n$ {found[1]}\n{_output(found[1], found[2])}```", readme)


def _output(line: str, shown: str) -> str:
    if "demo/" not in line and "--help" not in line:
        return shown
    environment = {**os.environ, "COLUMNS": "80", "PYTHON": sys.executable}
    script = f'onrecord() {{ "$PYTHON" -m onrecord "$@"; }}; {line}'
    done = subprocess.run(["sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True)
    if done.stderr:  # a pipe hides the exit code of what stands before it
        raise RuntimeError(f"{line}: {done.stderr.decode('utf-8')}")
    return done.stdout.decode("utf-8")


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:], "--quick" in sys.argv[1:]))
