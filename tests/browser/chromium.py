"""Chromium without a screen, spoken to over two pipes: the DevTools protocol needs no more.

Source: chromedevtools.github.io/devtools-protocol; each message is JSON and ends with a zero byte.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # it refuses to start as root otherwise; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container's may be too small
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--font-render-hinting=none",
    "--remote-debugging-pipe",
)
_PATIENCE = 60  # seconds until a browser that says nothing counts as hung


def chromium_path() -> str | None:
    """Where the browser is: ``CHROMIUM`` names one, else the first that the path holds."""
    chosen = os.environ.get("CHROMIUM")
    return chosen or next((found for name in _NAMES if (found := shutil.which(name))), None)


class Chromium:
    """A running browser; what its pages said and asked for is kept."""

    def __init__(self, process: int, reader: int, writer: int) -> None:
        self.process = process
        self._reader, self._writer = reader, writer
        self._rest = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """One command of the protocol; events that come meanwhile are kept."""
        self._last += 1
        message: dict[str, object] = {"id": self._last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive(method)
            if answer.get("id") == self._last:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def wait_for(self, method: str, session: str) -> None:
        """Until that event came for that page, unless it has come already."""
        while not any(_is_event(one, method, session) for one in self.events):
            self.events.append(self._receive(method))

    def _receive(self, waiting_for: str) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._reader], [], [], max(0, until - time.monotonic()))
            assert ready, f"Chromium did not answer {waiting_for} within {_PATIENCE} s"
            read = os.read(self._reader, 1 << 16)
            assert read, f"Chromium ended before it answered {waiting_for}"
            self._rest += read
        message, self._rest = self._rest.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(message)
        return answer


def _is_event(message: dict[str, Any], method: str, session: str) -> bool:
    return message.get("method") == method and message.get("sessionId") == session


@contextmanager
def running(path: str, profile: Path) -> Iterator[Chromium]:
    """A browser that is ended with all its children, whatever happens.

    Args:
        path: of the program.
        profile: an empty folder for it.
    """
    their_reader, writer = _high_pipe()
    reader, their_writer = _high_pipe()
    environment = {**os.environ, "HOME": str(profile), "XDG_CONFIG_HOME": str(profile)}
    log = os.open(profile / "chromium.log", os.O_WRONLY | os.O_CREAT, 0o600)
    process = os.posix_spawn(
        path,
        [path, *_OPTIONS, f"--user-data-dir={profile / 'data'}", "about:blank"],
        environment,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, their_reader, 3),
            (os.POSIX_SPAWN_DUP2, their_writer, 4),
            (os.POSIX_SPAWN_DUP2, log, 1),
            (os.POSIX_SPAWN_DUP2, log, 2),
        ],
        setpgroup=0,
    )
    for end in (their_reader, their_writer, log):
        os.close(end)
    try:
        yield Chromium(process, reader, writer)
    finally:
        os.killpg(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(reader)
        os.close(writer)


def _high_pipe() -> tuple[int, int]:
    """A pipe whose ends are none of the numbers that the browser wants for itself."""
    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]


class Page:
    """One page in one size, light or dark, on a screen or on paper."""

    def __init__(
        self, browser: Chromium, file: Path, *, width: int, scheme: str, media: str
    ) -> None:
        self.browser = browser
        browser.events.clear()
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._target = target
        attached = browser.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session: str = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{domain}.enable")
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)
        self.call("Page.navigate", url=file.as_uri())
        browser.wait_for("Page.loadEventFired", self.session)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command of the protocol for this page."""
        return self.browser.call(method, self.session, **parameters)

    def evaluate(self, script: str) -> Any:
        """What an expression of JavaScript comes to."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def complaints(self) -> list[str]:
        """What the browser wrote on its console: errors, warnings, exceptions, refusals."""
        said = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [json.dumps(one["params"]) for one in self._mine() if one["method"] in said]

    def requests(self) -> list[str]:
        """Every address that was asked for."""
        return [
            one["params"]["request"]["url"]
            for one in self._mine()
            if one["method"] == "Network.requestWillBeSent"
        ]

    def _mine(self) -> list[dict[str, Any]]:
        return [one for one in self.browser.events if one.get("sessionId") == self.session]

    def picture_names(self) -> list[str]:
        """The names under which a screen reader meets the pictures."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            one.get("name", {}).get("value", "")
            for one in nodes
            if not one["ignored"] and one.get("role", {}).get("value") in ("image", "img")
        ]

    def screenshot(self) -> bytes:
        """The whole page as PNG."""
        taken = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(taken["data"])

    def pdf(self) -> bytes:
        """The page as it is printed."""
        printed = self.call(
            "Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69
        )
        return base64.b64decode(printed["data"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.call("Target.closeTarget", targetId=self._target)
