"""A browser for the pages that people open, and what it must never say or ask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator:
    """A headless browser; skips where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium (Debian: chromium fonts-noto-cjk)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


class Window:
    """One page of a context of its own. `said`: what the console said; `asked`: what was requested besides the file."""

    def __init__(self, browser, path: Path, width: int = 1440, height: int = 900) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True, locale="zh-CN"
        )
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.resolve().as_uri())

    def close(self) -> None:
        """Ends the page, which must have been silent and alone; a data: picture is no request."""
        foreign = [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))]
        self.context.close()
        assert (self.said, foreign) == ([], [])


@contextmanager
def opened(browser, path: Path, **size: int) -> Iterator:
    """The page of a file, as a user opens it."""
    window = Window(browser, path, **size)
    try:
        yield window.page
    finally:
        window.close()
