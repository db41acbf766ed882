"""Time and memory of a kernel: first explorer, and each notebook from top to bottom."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

from tests.notebooks.store import FOLDER, QUIETLY

FIRST = """
import time
start = time.perf_counter()
from course_lib import explorers
explorers.sarcomere()._repr_mimebundle_()
print(time.perf_counter() - start)
"""


def first_explorer() -> float:
    """Seconds from ``import course_lib`` to the first explorer shown, median of five."""
    runs = [subprocess.check_output([sys.executable, "-c", FIRST], text=True) for _ in range(5)]
    return statistics.median(float(out) for out in runs)


def notebook(path: Path) -> tuple[float, float]:
    """Seconds for all cells of a notebook in a fresh kernel, and the kernel's memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"COURSE_PROGRESS": str(Path(folder) / "progress.json")}
        client = NotebookClient(
            nbformat.read(path, as_version=4),
            timeout=60,
            extra_arguments=QUIETLY,
            resources={"metadata": {"path": FOLDER}},
        )
        start = time.perf_counter()
        with client.setup_kernel(env=environment):
            for index, cell in enumerate(client.nb.cells):
                client.execute_cell(cell, index)
            spent = time.perf_counter() - start
            kernel = psutil.Process(client.km.provisioner.pid)  # type: ignore[union-attr]
            return spent, kernel.memory_info().rss / 1e6


def report() -> None:
    """Print what a kernel costs."""
    print(f"\nimport course_lib to first explorer: {first_explorer():.2f} s (reach 1.5)")
    print("\nNotebook, fresh kernel, all cells      s (reach 20)    MB (reach 200)")
    for path in sorted(FOLDER.glob("*.ipynb")):
        spent, memory = notebook(path)
        print(f"{path.stem:32}{spent:16.1f}{memory:18.0f}")
