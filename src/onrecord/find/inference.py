"""What runs the model, with its telemetry off. The only file that imports onnxruntime.

Since 1.29 onnxruntime's wheels for Linux and macOS write an identifier of the machine below the home folder and report
every session to their maker (https://github.com/microsoft/onnxruntime/pull/27379), unless the environment says no
before it is loaded. Nothing of a report, nor that one was read, may leave the machine.
"""

from __future__ import annotations

import os
from typing import TypeAlias

os.environ.update(ORT_DISABLE_TELEMETRY="1", ORT_TELEMETRY_DISABLED="1")

import onnxruntime

from onrecord.errors import WeightsError

Session: TypeAlias = onnxruntime.InferenceSession


def load_session(model: bytes, threads: int) -> Session:
    """A session of a model on the CPU, `threads` per call; WeightsError when it is none."""
    onnxruntime.disable_telemetry_events()  # where a program loaded it before us, and on Windows
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own that share only this base
        raise WeightsError(f"the model in the weights cannot be loaded: {error}") from error
