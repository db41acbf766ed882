"""The same few lines for readers without a kernel: plain text, and Markdown in which data is inert.

They never hold what a student did: a notebook's stored outputs must be the same for everyone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# HTML entities rather than backslashes: JupyterLab looks for TeX on the finished page, where a
# backslash before a dollar sign is gone. An element around the character stops that search.
_INERT = {ord(c): f"&#{ord(c)};" for c in "`*_{}[]<>&#~|^=@/"}
_INERT |= {ord(c): f"<span>&#{ord(c)};</span>" for c in "$\\"}


def inert(text: str) -> str:
    """Escape text so that Markdown shows it as it is, without markup, HTML, links or formulas."""
    one_line = " ".join(text.split())
    escaped = re.sub(r"(?i)(?<=www)\.", "&#46;", one_line.translate(_INERT))
    # What would begin a list is a sign only at the start of the text.
    begins_list = re.match(r"[-+]|\d+[.)]", escaped)
    if begins_list:
        sign = begins_list.end() - 1
        escaped = f"{escaped[:sign]}&#{ord(escaped[sign])};{escaped[sign + 1 :]}"
    return escaped


def plain(title: str, prompt: str, choices: Sequence[str], hint: str = "") -> str:
    """Give title, prompt and what can be entered as lines of text."""
    lines = [f"{title}. {prompt}", *(f"  ( ) {choice}" for choice in choices)]
    return "\n".join([*lines, f"  {hint}"] if hint else lines)


def markdown(title: str, prompt: str, choices: Sequence[str], hint: str = "") -> str:
    """Give the same as Markdown: a bold prompt and a list."""
    items = [*choices, hint] if hint else choices
    head = f"{inert(title)}.\n\n**{inert(prompt)}**"
    return "\n".join([head, "", *(f"- {inert(item)}" for item in items)])
