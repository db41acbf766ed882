"""The load test in small: one student, a few seconds."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.classroom import as_markdown, measure


def test_a_student_runs_a_notebook_and_slides() -> None:
    lesson = measure((1,), "00_start_here", sliding=0.5, thinking=0.1, stage=1.0)
    with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop in the thread of the tests
        load = thread.submit(asyncio.run, lesson).result()
    (stage,) = load.stages
    assert stage.errors == 0
    assert stage.most_in_flight == 2
    assert len(stage.resting) >= 1
    assert len(stage.moving) >= 3
    assert all(frame.latency > 0 for frame in (*stage.moving, *stage.resting))
    assert stage.kernels_s > 0
    assert load.worked[0].own > load.fresh[0].own > 10
    assert len(as_markdown(load).splitlines()) == 10
