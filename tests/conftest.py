"""Shared by all tests, and by the kernels that nbval starts."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Nobody's own answers are read or written while tests run.
os.environ["COURSE_PROGRESS"] = str(Path(tempfile.mkdtemp(prefix="course-")) / "progress.json")
