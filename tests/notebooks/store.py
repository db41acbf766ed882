"""Run notebooks in fresh kernels and store clean outputs: ``python -m tests.notebooks.store``.

The live widget is left out of what is stored. JupyterLab would show "model not found" for it
until the cell is run again; without it, a reader sees the stored picture and text at once.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
# Or ipykernel 7 warns for each kernel that its connection, on loopback, is not encrypted.
QUIETLY = ["--IPKernelApp.log_level=ERROR"]
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def run(path: Path) -> NotebookNode:
    """Run every cell in order in a fresh kernel, with nobody's progress, and clean the outputs."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"COURSE_PROGRESS": str(Path(folder) / "progress.json")}
        client = NotebookClient(
            notebook,
            timeout=60,
            kernel_name="python3",
            store_widget_state=False,
            record_timing=False,
            extra_arguments=QUIETLY,
            resources={"metadata": {"path": str(path.parent)}},
        )
        client.execute(env=environment)
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    nbformat.validate(notebook)
    return notebook


def main(names: list[str]) -> None:
    """Store the named notebooks, or all."""
    for path in [Path(n) for n in names] or sorted(FOLDER.glob("*.ipynb")):
        start = time.perf_counter()
        nbformat.write(run(path), path)
        size = path.stat().st_size / 1e3
        print(f"{path.name}: {time.perf_counter() - start:.1f} s, {size:.0f} kB stored")


if __name__ == "__main__":
    main(sys.argv[1:])
