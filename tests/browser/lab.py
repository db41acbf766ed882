"""A real JupyterLab and a real Chromium, as a student has them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

CHROMIUM = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
)
HOW_TO_GET_IT = (
    "browser tests need Chromium: install your system's package (Debian: apt install chromium)"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu-rasterization",
    "--disable-software-rasterizer",
    "--animation-duration-scale=0",
]
TOKEN = "a-token-for-tests-only"
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}


@contextmanager
def jupyterlab(folder: Path, home: Path) -> Iterator[str]:
    """Serve ``folder`` on a free loopback port with an empty home; gives the address."""
    environment = os.environ | {
        "HOME": str(home),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "COURSE_PROGRESS": str(home / "progress.json"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=localhost"]
    command += ["--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}", "--allow-root"]
    command += [f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"]
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield _address(server, home / "runtime")
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _address(server: subprocess.Popen[bytes], runtime: Path) -> str:
    """Wait until the server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            try:
                address = str(json.loads(file.read_text())["url"])
                with urlopen(f"{address}api/status?token={TOKEN}", timeout=5):
                    return address
            except (URLError, ValueError, KeyError):
                pass
        time.sleep(0.2)
    raise RuntimeError("JupyterLab did not start within 60 s")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(
    browser: Browser, width: int = 1280, height: int = 800, density: float = 1, dark: bool = False
) -> Iterator[BrowserContext]:
    """A window with storage of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=density,
        color_scheme="dark" if dark else "light",
    )
    try:
        yield context
    finally:
        context.close()


# Puts away what is open, kernels included, unsaved: the copy on the disk stays as it was stored.
INSTEAD = """async (path) => {
  const { commands, shell } = window.jupyterapp;
  for (const widget of [...shell.widgets('main')]) {
    await widget.context?.sessionContext.shutdown();
    if (widget.context) widget.context.model.dirty = false;
    widget.close();
  }
  await commands.execute('docmanager:open', { path });
}"""


def open_notebook(page: Page, address: str, name: str) -> None:
    """Open one notebook alone and wait until its kernel is ready.

    A page that shows JupyterLab already opens it in place of what it shows, as the file browser
    does: that takes a third of what loading JupyterLab's scripts anew takes.
    """
    if page.url.startswith(address):
        page.evaluate(INSTEAD, name)
    else:
        # In a workspace of its own: JupyterLab would open again what an earlier page had open.
        page.goto(f"{address}lab/workspaces/{uuid4().hex}/tree/{name}?token={TOKEN}")
    page.locator(".jp-Notebook").wait_for(timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)


def run_all(page: Page) -> None:
    """Run every cell from the menu and wait until the kernel has done them all."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    wait_until_idle(page)


def restart_kernel(page: Page) -> None:
    """Restart the kernel from the menu, agree, clear the outputs and wait until it is ready."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Clear Outputs", exact=False).click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)


def wait_until_idle(page: Page) -> None:
    """Wait until no cell is waiting to be run."""
    page.wait_for_function(
        """() => {
          const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
          return prompts.length > 0 && prompts.every((p) => /\\[\\d+\\]/.test(p.textContent));
        }""",
        timeout=60_000,
    )


def explorers(page: Page) -> list[Locator]:
    """Give every explorer of the page, once they are there."""
    found = page.locator(".course-explorer")
    found.first.wait_for()
    return found.all()


def settled(explorer: Locator) -> str:
    """Wait for the lossless picture and give its alternative text."""
    image = explorer.locator("img[data-quality=rest]")
    image.wait_for()
    return image.get_attribute("alt") or ""


UNTIL = """(root, [condition, known]) => new Promise((done, fail) => {
  const image = root.querySelector('img');
  const holds = new Function('image', 'known', `return (${condition})(image, ...known)`);
  const watch = new MutationObserver(look);
  function look() {
    if (!holds(image, known)) return;
    watch.disconnect();
    image.removeEventListener('load', look);
    done(image.dataset.shown);
  }
  watch.observe(image, { attributes: true });
  image.addEventListener('load', look);
  setTimeout(() => fail(new Error(`not so within 30 s: ${condition}, ${image.alt}`)), 30000);
  look();
})"""


def until(explorer: Locator, condition: str, *known: object) -> str:
    """Wait until ``condition``, a function of the explorer's image and ``known``, holds.

    Gives the number of the picture shown then.

    It is looked at whenever the image changes. Playwright's own ways look again with every frame
    the browser draws, which keeps it drawing, or after 100, 250, 500 and 1000 ms.
    """
    return str(explorer.evaluate(UNTIL, [condition, known]))


def serious(page: Page, *parts: str) -> list[str]:
    """Give what axe-core finds serious or critical in parts of a page, or in all of it."""
    context = {"include": [[part] for part in parts]} if parts else None
    found = Axe().run(page, context=context, options=AXE).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html']}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
