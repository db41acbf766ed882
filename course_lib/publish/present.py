"""Slides with live explorers, from the notebooks: ``python -m course_lib.publish.present``.

Voila runs a notebook and shows its outputs live; the template in ``jupyter/`` turns the cells into
slides. The page and all that it loads come from this machine. The server listens on loopback only,
and lets in only those who know the token that it prints.
"""

from __future__ import annotations

import argparse
import os
import re
import threading
import webbrowser
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
from jupyter_server.base.handlers import JupyterHandler
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets.config import Config
from voila.app import Voila  # type: ignore[import-untyped]
from voila.voila_identity_provider import VoilaIdentityProvider  # type: ignore[import-untyped]

from course_lib.evidence import LESSONS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOTEBOOKS = ROOT / "notebooks"
GUIDE = ROOT / "docs" / "instructors"
TEMPLATE = "course"
STATIC = f"/voila/templates/{TEMPLATE}/static"


def as_html(markdown: str) -> str:
    """Give Markdown as HTML, without the signs that link a heading to itself."""
    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(markdown))


def guide_of(name: str, folder: Path = GUIDE) -> str:
    """Give the instructor's page on a notebook as HTML; nothing if there is none."""
    page = folder / f"{name}.md"
    return as_html(page.read_text(encoding="utf-8")) if page.exists() else ""


def glossary(page: Path = NOTEBOOKS / "glossary.ipynb") -> dict[str, str]:
    """Give the meaning of each term as HTML, under the anchor that the notebooks link to."""
    cells = nbformat.read(page, as_version=4).cells  # type: ignore[no-untyped-call]
    entries = [cell.source for cell in cells]
    terms = [(re.match(r"### (.+)", entry), entry) for entry in entries]
    return {m[1].replace(" ", "-"): as_html(entry) for m, entry in terms if m}


def prepare(handler: Any, notebook: NotebookNode, cwd: str) -> NotebookNode:  # noqa: ARG001
    """Add what the slides need to a notebook that is about to be shown."""
    handler.xsrf_token  # noqa: B018  sets the cookie without which a page cannot end its kernel
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    notebook.metadata.title = title[1] if title else "Slides"
    lesson = next((one for one in LESSONS if one.title == notebook.metadata.title), None)
    notebook.metadata.course = {
        "title": notebook.metadata.title,
        "minutes": lesson.minutes if lesson else None,
        "glossary": glossary(),
        "guide": guide_of(lesson.name) if lesson else "",
        "presenter": f"{STATIC}/presenter.html",
    }
    return notebook


class Index(JupyterHandler):
    """The page on which a notebook is picked."""

    def get(self) -> None:
        """List the notebooks in the order of the course."""
        rows = "".join(
            f'<li><a href="/voila/render/{quote(one.file)}">{one.number} {escape(one.title)}</a> '
            f"<span>{one.minutes} min</span></li>"
            for one in LESSONS
        )
        self.write(
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Slides</title>'
            f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{STATIC}/deck.css">'
            '</head><body class="cs-index"><main><h1>Magnesium and muscle cramps</h1>'
            f"<p>Pick a notebook to present. Press ? there to see the keys.</p><ol>{rows}</ol>"
            "</main></body></html>"
        )


class SlideServer(Voila):  # type: ignore[misc]  # Voila has no types
    """Voila on loopback, with our page of notebooks in front."""

    first = "/"

    def init_settings(self) -> dict[str, Any]:
        """Refuse requests that come in under another name than this machine's own."""
        settings: dict[str, Any] = super().init_settings()
        return settings | {"allow_remote_access": False}

    def init_handlers(self) -> list[Any]:
        """Put the index before Voila's own list of files."""
        return [(r"/", Index), *super().init_handlers()]

    def launch_browser(self) -> None:
        """Open the notebook that was asked for."""
        threading.Thread(target=webbrowser.open, args=(self.address,)).start()

    @property
    def address(self) -> str:
        """Where the slides are, with the token, which a cookie then replaces."""
        return f"{self.connection_url.rstrip('/')}{self.first}?token={self.identity_provider.token}"


def main(argv: Sequence[str] | None = None) -> None:
    """Serve the slides until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Slides with live explorers, from the notebooks.")
    parser.add_argument("notebook", nargs="?", type=Path, help="default: a list to pick from")
    parser.add_argument("--port", type=int, default=8866, help="or the next free one")
    parser.add_argument("--no-browser", action="store_true", help="only serve")
    asked = parser.parse_args(argv)
    if asked.notebook and not asked.notebook.is_file():
        parser.error(f"{asked.notebook} is not a notebook; use one of notebooks/*.ipynb")

    # Templates, and what they load, are looked for on Jupyter's data path.
    places = [str(HERE / "jupyter"), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, places))
    folder = asked.notebook.parent if asked.notebook else NOTEBOOKS
    server = SlideServer(
        config=Config(
            Voila={
                "root_dir": str(folder.resolve()),
                "ip": "localhost",
                "port": asked.port,
                "open_browser": not asked.no_browser,
                "identity_provider_class": VoilaIdentityProvider,
                "auto_token": True,
            },
            # A page takes its kernel along when it is closed; this is for one that crashed.
            MappingKernelManager={"cull_idle_timeout": 600, "cull_interval": 60},
            VoilaConfiguration={
                "template": TEMPLATE,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "strip_sources": False,
                "show_tracebacks": True,
                "prelaunch_hook": prepare,
            },
        )
    )
    if asked.notebook:
        server.first = f"/voila/render/{quote(asked.notebook.name)}"
    server.initialize([])
    server.start()


if __name__ == "__main__":
    main()
