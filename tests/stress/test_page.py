"""A real page over a real kernel: floods, explorers side by side, a restart, a hostile file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket, expect

from tests.browser.lab import (
    explorers,
    jupyterlab,
    open_notebook,
    run_all,
    settled,
    until,
    wait_until_idle,
)
from tests.learning import hostile

Count = Callable[[str, object], None]
CELLS = [
    "import os\nprint('pid', os.getpid())\nfrom course_lib.explorers import sarcomere\n"
    "from course_lib import learning\none, two = sarcomere(), sarcomere()",
    "one",
    "two",
    "one",
    "learning.ask('01-what-shortens')",
    "learning.predict('01-half-overlap')",
    "learning.vote('C18', 'before')",
    "learning.progress()",
    "learning.certificate('01_how_muscle_contracts', '<img src=x onerror=window.hacked=1>')",
]
SENT = re.compile(rb'"kind": ?"request", ?"seq": ?(\d+), ?"sender": ?"(ce-\w+)"')
ANSWERED = re.compile(rb'"seq": ?(\d+), ?"sender": ?"(ce-\w+)"')
# Seconds of 200 events each, however coarse the browser's timer is; then one last position.
FLOOD = """async (root, [seconds, last]) => {
  const slider = root.querySelector('input[type=range]');
  const image = root.querySelector('img');
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const move = (position) => {
    slider.value = String(position);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const before = Number(image.dataset.shown), start = performance.now();
  let events = 0;
  while (events < 200 * seconds) {
    const due = Math.min(200 * seconds, Math.floor((performance.now() - start) / 5));
    for (; events < due; events++) move(low + (high - low) * (events % 200) / 200);
    await new Promise((next) => setTimeout(next, 5));
  }
  move(last ?? high);
  return Number(image.dataset.shown) - before;
}"""


class Traffic:
    """Requests under way between the page and the kernel, read from the wire.

    ``most`` is the largest number of one explorer at one time.
    """

    def __init__(self, page: Page) -> None:
        self.open: set[tuple[bytes, ...]] = set()
        self.sent = self.most = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda data: self._note(data, SENT))
        socket.on("framereceived", lambda data: self._note(data, ANSWERED))

    def _note(self, data: str | bytes, kind: re.Pattern[bytes]) -> None:
        found = set(kind.findall(data.encode() if isinstance(data, str) else data))
        if kind is SENT:
            self.open |= found
            self.sent += len(found)
            senders = Counter(sender for _, sender in self.open)
            self.most = max(self.most, *senders.values(), 0)
        else:
            self.open -= found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def lab(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("stress")
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(c) for c in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
    )
    nbformat.write(book, folder / "stress.ipynb")
    ids = ("01-what-shortens", "01-half-overlap", "C18")
    record = hostile.progress(" ".join(t for t in hostile.TEXTS if len(t) < 200), *ids)
    (home / "progress.json").write_bytes(hostile.as_bytes(record))
    with jupyterlab(folder, home) as address:
        yield address


@pytest.fixture(scope="module")
def opened(lab: str, loopback: BrowserContext) -> Iterator[tuple[Page, Traffic]]:
    with loopback.new_page() as page:
        traffic = Traffic(page)
        open_notebook(page, lab, "stress.ipynb")
        run_all(page)
        expect(page.locator(".course-explorer")).to_have_count(3)
        yield page, traffic


@pytest.fixture
def page(opened: tuple[Page, Traffic]) -> Page:
    return opened[0]


def pid(page: Page) -> int:
    return int(page.get_by_text("pid ").last.inner_text().split()[1])


def test_a_hostile_progress_file_runs_no_script(
    page: Page, home: Path, record_property: Count
) -> None:
    expect(page.locator(".course-form")).to_have_count(3)
    expect(page.get_by_text("The question has changed since")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    found = page.evaluate(
        """() => [...document.querySelectorAll('.jp-OutputArea')].flatMap((area) => [
          ...area.querySelectorAll('script, iframe, base, meta, svg[onload], h1, img[src=x]'),
          ...[...area.querySelectorAll('*')].filter((node) => [...node.attributes].some(
            (a) => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value))),
        ]).map((node) => node.outerHTML.slice(0, 200))"""
    )
    assert found == []
    assert "<script>" in (home / "progress.json").read_text()  # as it was
    record_property("inputs", len(hostile.TEXTS))


def test_two_of_a_kind_are_apart_and_two_views_of_one_are_together(page: Page) -> None:
    one, two, again = explorers(page)
    alone = settled(two)
    start = settled(one)
    one.locator("input[type=range]").first.press("End")
    until(one, "(i, was) => i.dataset.quality === 'rest' && i.alt !== was", start)
    until(again, "(i, now) => i.alt === now", settled(one))
    assert again.locator("input[type=range]").first.input_value() == (
        one.locator("input[type=range]").first.input_value()
    )
    assert settled(two) == alone
    again.get_by_role("button", name="Reset").click()
    until(one, "(i, was) => i.dataset.quality === 'rest' && i.alt === was", start)


def test_ten_seconds_of_two_hundred_events_each_end_in_the_last_state(
    opened: tuple[Page, Traffic],
) -> None:
    page, traffic = opened
    explorer = explorers(page)[1]
    settled(explorer)
    kernel = psutil.Process(pid(page))
    explorer.evaluate(FLOOD, [10, 2.95])  # warms every cache
    until(explorer, "(i) => i.dataset.quality === 'rest' && i.alt.includes('2.95')")
    before = kernel.memory_info().rss
    traffic.most, sent = 0, traffic.sent
    frames = explorer.evaluate(FLOOD, [10, 2.95])
    until(explorer, "(i) => i.dataset.quality === 'rest' && i.alt.includes('2.95')")
    assert 1 <= traffic.most <= 2
    assert traffic.open == set()
    assert 10 <= frames <= traffic.sent - sent < 2000
    expect(explorer.locator(".ce-problem")).to_be_hidden()
    assert kernel.memory_info().rss - before < 10e6


def test_a_restart_with_the_page_open_is_told_and_running_the_cells_again_mends_it(
    page: Page,
) -> None:
    old = pid(page)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile(r"^Restart Kernel…")).click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    one = explorers(page)[0]
    one.locator("input[type=range]").first.press("End")
    expect(one.locator(".ce-problem")).to_contain_text("run this cell again", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(page.get_by_text(f"pid {old}")).to_have_count(0, timeout=60_000)
    wait_until_idle(page)
    expect(page.locator(".course-explorer")).to_have_count(3)
    one = explorers(page)[0]
    start = settled(one)
    one.locator("input[type=range]").first.press("End")
    until(one, "(i, was) => i.dataset.quality === 'rest' && i.alt !== was", start)
    expect(one.locator(".ce-problem")).to_be_hidden()
