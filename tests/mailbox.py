"""A mail server of a few lines: it takes whatever is handed in on this machine, and keeps it."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

_SAYS = {
    b"EHLO": b"250 here",
    b"HELO": b"250 here",
    b"MAIL": b"250 ok",
    b"RCPT": b"250 ok",
    b"RSET": b"250 ok",
}


class Mailbox(socketserver.ThreadingTCPServer):
    """Everything that was handed in, in order.

    Attributes:
        raw: the mails as they came.
        refusing: whether every recipient is refused, in words that carry the address.
        between: called when a mail was taken and whoever handed it in does not know it yet.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.raw: list[bytes] = []
        self.refusing = False
        self.between: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(one) for one in self.raw]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say(b"220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self._say(b"221 bye")
                return
            if word == b"DATA":
                self._say(b"354 go on")
                self._take()
            elif word == b"RCPT" and self.server.refusing:
                self._say(b"550 nobody here is " + line.strip())
            else:
                self._say(_SAYS.get(word, b"500 what?"))

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.raw.append(b"".join(lines))
        self.server.between()
        self._say(b"250 taken")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        try:
            yield found
        finally:
            found.shutdown()
