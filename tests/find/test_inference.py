"""Reading a report leaves nothing behind and tells nobody."""

import os
import subprocess
import sys
from pathlib import Path

READS = """
from onrecord.pipeline import put_on_record
from onrecord.record import Page
print(len(put_on_record(Page(b"Ann Lee said that the ferry was late.", "a.txt", format="text")).statements))
"""


def test_the_runtime_keeps_no_identifier_and_no_events(tmp_path: Path) -> None:
    # without what turns telemetry off by itself where tests run (CI), and without what the test's own process has set
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", READS], env=keep | home, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    assert list(tmp_path.rglob("*")) == []
