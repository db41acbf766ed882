"""The first look at the course, as `make lab` and Binder open it: notebook 00 and its contents."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Response, expect

from tests.browser.lab import TOKEN


def keeps_the_file_browser_open(response: Response) -> bool:
    """Whether JupyterLab has saved that: it saves a while after each change, earlier ones too."""
    if "/api/workspaces" not in response.url or response.request.method != "PUT":
        return False
    layout = response.request.post_data_json["data"]["layout-restorer:data"]
    return bool(layout["left"]["current"] == "filebrowser")


def test_the_first_notebook_opens_with_its_table_of_contents(
    lab: str, loopback: BrowserContext
) -> None:
    # Two visits in one test: what the student closed in the first must stay closed in the second.
    contents = ".jp-TableOfContents"
    with loopback.new_page() as page:
        page.goto(f"{lab}lab/tree/00_start_here.ipynb?token={TOKEN}")
        page.locator(".jp-Notebook").wait_for(timeout=60_000)
        expect(page.locator(contents)).to_contain_text("How an explorer works", timeout=60_000)
        expect(page.locator(contents)).to_be_visible()
        assert "[native code]" in page.evaluate("String(window.open)")  # ours took its name once
        with page.expect_response(keeps_the_file_browser_open, timeout=30_000):
            page.get_by_role("tab", name="File Browser").click()
            expect(page.locator(contents)).to_be_hidden()
    with loopback.new_page() as page:
        page.goto(f"{lab}lab/tree/00_start_here.ipynb?token={TOKEN}")
        page.locator(".jp-Notebook").wait_for(timeout=60_000)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        expect(page.locator(".jp-FileBrowser")).to_be_visible()
        expect(page.locator(contents)).to_be_hidden()
