"""A mail server that keeps what it gets: mailsink.py PORT FOLDER."""

from pathlib import Path
import signal
import sys
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import AsyncMessage


class Keep(AsyncMessage):
    """Writes every message into a file of its own."""

    def __init__(self, folder: Path):
        super().__init__()
        self.folder = folder

    async def handle_message(self, message):
        (self.folder / f"{time.time_ns()}.eml").write_bytes(message.as_bytes())


def main(port: str, folder: str) -> None:
    """Serve until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *ignored: stop.set())
    controller = Controller(Keep(Path(folder)), hostname="127.0.0.1", port=int(port))
    controller.start()
    stop.wait()
    controller.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
