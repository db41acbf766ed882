"""What somebody of ill will may write into a question file or a shared progress file."""

from __future__ import annotations

import json
from typing import Any

from course_lib.learning import record as rec

TEXTS = [
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg onload=window.hacked=1>",
    "<svg><b>x",  # ten letters: as long as a date
    "<!--",
    "</table></div><h1>You failed</h1>",
    "\" onmouseover=\"window.hacked=1\" x=\"",
    "' onfocus='window.hacked=1' autofocus x='",
    "<a href=\"javascript:window.hacked=1\">your marks</a>",
    "[your marks](javascript:window.hacked=1)",
    "![x](x\" onerror=\"window.hacked=1)",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<style>* { display: none }</style>",
    "<base href=//evil.invalid>",
    "<meta http-equiv=refresh content='0;url=javascript:window.hacked=1'>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "&#60;script&#62;window.hacked=1&#60;/script&#62;",
    "$\\href{javascript:window.hacked=1}{x}$",
    "{{ window.hacked = 1 }} ${window.hacked=1} `window.hacked=1`",
    "__import__('os').system('touch hacked')",
    "cos\nsystem\n(S'touch hacked'\ntR.",  # a pickle
    "\u202egnihton\u202c \u2066\u2067 right to left and back",
    "\x00\x07\x1b[2J\x7f",
    "a\u0300" * 2000,
    "x" * 100_000,
]  # fmt: skip


def progress(text: str, question: str, prediction: str, claim: str) -> dict[str, Any]:
    """A record of the right form with ``text`` wherever a student's file holds text."""
    answer = {
        "first": text, "first_correct": False, "last": text, "attempts": 1,
        "first_at": text, "last_at": text, "note": text,
    }  # fmt: skip
    return rec.empty() | {
        text: text,
        "answers": {question: answer, text: answer},
        "predictions": {prediction: {"value": text, "at": text}, text: {"value": text, "at": text}},
        "votes": {claim: {"before": text, "after": text}, text: {"before": text, "after": text}},
    }


def as_bytes(record: dict[str, Any]) -> bytes:
    """The record as a file holds it."""
    return json.dumps(record).encode()
