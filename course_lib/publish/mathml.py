"""A Sphinx extension that writes formulas as MathML, which browsers show without any script."""

from __future__ import annotations

from html import escape

from docutils import nodes  # type: ignore[import-untyped]
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _inline(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(convert(node.astext(), display="inline"))
    raise nodes.SkipNode


def _block(writer: HTML5Translator, node: nodes.math_block) -> None:
    source = node.astext()
    formula = convert(source, display="block")
    label = escape(f"Formula: {source}", quote=True)
    writer.body.append(
        f'<div class="course-formula" tabindex="0" role="group" aria-label="{label}">'
        f"{formula}</div>"
    )
    raise nodes.SkipNode
