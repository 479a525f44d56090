"""Where the tests' Chromium comes from."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Return a browser's path: on the PATH, by apt-get when root; None = Playwright's.

    A machine without any gets a sentence saying what to install.
    """
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet
        )
        if path := shutil.which("chromium"):
            return path
    return None


def launch(playwright):
    """Start the browser, quiet on the network."""
    try:
        return playwright.chromium.launch(executable_path=find(), args=QUIET)
    except Exception as err:
        raise RuntimeError(
            "Uji peramban perlu Chromium: `apt-get install chromium` atau"
            " `.venv/bin/playwright install chromium`."
        ) from err
