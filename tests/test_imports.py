"""Imports point one way: record, errors <- read | find | resolve | keep <- pipeline <- batch <- show."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord

PACKAGE = Path(onrecord.__file__).parent
ROOMS = ("read", "find", "resolve", "keep")
ALLOWED = {
    "record": set(),
    "errors": set(),
    "read": {"record", "errors"},
    "find": {"record", "errors"},
    "resolve": {"record", "errors"},
    "keep": {"record", "errors", "notation"},
    "notation": {"record", "errors"},
    "pipeline": {"record", "errors", "read", "find", "resolve"},
    "batch": {"record", "errors", "pipeline", "read", "resolve", "keep"},
    "show": {"record", "errors", "notation", "read", "find", "resolve", "keep", "pipeline", "batch"},
    "__init__": {"record", "errors", "notation", "read", "pipeline", "batch", "keep"},
    "__main__": {"show"},
}
ONLY_IMPORTER = {"onnxruntime": "find/inference.py", "sqlite3": "keep/store.py"}
NEVER = {"torch", "training"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def imported_names(path: Path) -> Iterator[str]:
    package = ["onrecord", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    own = room(path)
    for name in imported_names(path):
        parts = name.split(".")
        if parts[0] != "onrecord" or len(parts) < 2 or parts[1] == own or parts[1].startswith("__version__"):
            continue
        target = parts[1]
        if target in ALLOWED:
            assert target in ALLOWED[own], f"{path} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_have_one_door(path: Path) -> None:
    own = path.relative_to(PACKAGE).as_posix()
    for name in imported_names(path):
        first = name.split(".")[0]
        assert first not in NEVER, f"{own} imports {name}"
        assert ONLY_IMPORTER.get(first, own) == own, f"{own} imports {name}"


def test_every_room_is_known() -> None:
    assert {room(path) for path in modules()} <= set(ALLOWED)
