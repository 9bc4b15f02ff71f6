"""An interrupt ends the program with one line and exit code 130, whenever it comes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.notation import from_json

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals of POSIX")

STORY = "The bridge is shut, the mayor said on Monday.\n\nIt will open again in May, she added.\n"
#: Runs the program as it is run, in a process where interrupts are not ignored (they are in those started with `&`).
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
{before}
from onrecord.__main__ import run
run()
"""
AT_THE_IMPORT = """
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            sys.meta_path.remove(self)
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
"""
#: Where the call of a function interrupts: as it is, and from a destructor, where Python ignores exceptions.
IN_THE_CALL = """
from onrecord.read import text as module
class Dying:
    def __del__(self): signal.raise_signal(signal.SIGINT)
def interrupting(page, real=module.read_text):
    {how}
    return real(page)
module.read_text = interrupting
"""


def started(before: str, *arguments: str | Path) -> subprocess.Popen[str]:
    line = [sys.executable, "-c", PROGRAM.format(before=before), *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def ended(before: str, *arguments: str | Path) -> tuple[int, str, str]:
    process = started(before, *arguments)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


@pytest.mark.parametrize("name", ["click", "onrecord.notation", "onrecord.pipeline", "onnxruntime.capi", "lxml"])
def test_while_a_module_loads(name: str, story: Path) -> None:
    page = story.with_suffix(".html")
    page.write_text(f"<html><body><p>{STORY}</p></body></html>")
    assert ended(AT_THE_IMPORT.format(name=name), "read", page) == (130, "", "interrupted\n")


def test_while_a_module_loads_whose_author_makes_another_error_of_it(story: Path) -> None:
    name = "onnxruntime.capi._pybind_state"
    assert ended(AT_THE_IMPORT.format(name=name), "read", story) == (130, "", "interrupted\n")


@pytest.mark.parametrize(
    "how",
    [
        "signal.raise_signal(signal.SIGINT)",
        "Dying(); import time; time.sleep(5)",
        "\n    try: signal.raise_signal(signal.SIGINT)\n    except KeyboardInterrupt: raise ValueError",
        "\n    try: signal.raise_signal(2)\n    except KeyboardInterrupt: signal.raise_signal(2)",
    ],
    ids=["plainly", "in a destructor", "taken for a fault of the page", "twice"],
)
@pytest.mark.parametrize("command", ["read", "quotes"])
def test_while_a_page_is_read(command: str, how: str, story: Path) -> None:
    assert ended(IN_THE_CALL.format(how=how), command, story) == (130, "", "interrupted\n")


def test_while_standard_input_is_awaited(story: Path) -> None:
    process = started("", "read", "--json", story, "-")
    assert process.stdout is not None
    assert from_json(process.stdout.readline()).document.text == STORY
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")


def test_interrupts_that_are_ignored_stay_so(story: Path) -> None:
    before = "signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + IN_THE_CALL.format(
        how="signal.raise_signal(signal.SIGINT)"
    )
    code, out, err = ended(before, "read", story)
    assert (code, err) == (0, "")
    assert "the mayor said" in out


def test_an_interrupt_after_the_work_is_done_changes_nothing(story: Path) -> None:
    before = "import atexit, signal\natexit.register(signal.raise_signal, signal.SIGINT)\n"
    code, out, err = ended(before, "read", story)
    assert (code, err) == (0, "")
    assert "the mayor said" in out


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.3, 0.6, 1.0, 1.5, 2.5])
def test_a_build_and_its_workers_whenever_they_are_interrupted(seconds: float, story: Path) -> None:
    """As a terminal does it: the interrupt goes to every process of the group."""
    for number in range(40):
        story.with_name(f"{number}.txt").write_text(f"{number}. {STORY}")
    process = started("", "build", "--workers", "2", story.parent, "-o", story.with_suffix(".db"))
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.count("\n")) in ((130, 1), (0, 0))
    assert err == "" or err.startswith("interrupted")
