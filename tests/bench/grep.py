"""The yardstick of finding: grep over the same texts in one file, warm; what it says is read and counted."""

import os
import subprocess
import time
from pathlib import Path


def seconds(words: str, texts: Path, *options: str) -> float:
    """Return how long grep took. It searches as UTF-8."""
    command = ["grep", *options, "-e", words, str(texts)]
    start, lines = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"}) as process:
        assert process.stdout is not None
        while part := os.read(process.stdout.fileno(), 1 << 20):
            lines += part.count(b"\n")
    took = time.perf_counter() - start
    assert process.returncode == 0 or not lines
    return took
