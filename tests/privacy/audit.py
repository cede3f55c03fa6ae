"""Listens to what the interpreter does, where a `sitecustomize` imports it: network, and programs that are started."""

from __future__ import annotations

import os
import sys

NETWORK = ("socket.", "urllib.", "ftplib.", "smtplib.", "http.", "imaplib.", "poplib.", "telnetlib.", "nntplib.")
STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "os.fork", "webbrowser.open")


def listen(path: str) -> None:
    """Write the name of every such event to the file, with what it is about."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(NETWORK) or event in STARTS:
            if event == "socket.__new__" and arguments[1] == 1:  # AF_UNIX: the event loop wakes itself by such a pair
                return
            with open(path, "a") as file:
                file.write(f"{event} {arguments[0]!r}\n")

    sys.addaudithook(hook)


if os.environ.get("AUDIT_TO"):
    listen(os.environ["AUDIT_TO"])
