"""Handing mail in: to a mail server, or into a folder where nobody is written to.

A mail that is handed in twice has the same Message-ID, and in a folder the same name: the second takes the
place of the first.
"""

import os
import smtplib
import ssl
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"smtp": 587, "smtps": 465}
#: Seconds; well below what a job may take.
_PATIENCE = 20.0
#: Whom mail in a folder comes from, where nobody said.
NOBODY = "casework@localhost"


class PostAway(Exception):
    """The mail server does not answer, or does not take a mail. Says nothing of whose it was."""


class Post(Protocol):
    """Where mail is handed in."""

    #: Whether a mail reaches anybody.
    leaves: bool

    def send(self, mail: EmailMessage) -> None:
        """Hand a mail in.

        Raises:
            PostAway: it was not taken, or nobody knows.
        """


def connect(url: str) -> Post | None:
    """Where mail is handed in.

    Args:
        url: `smtp://user:password@host:587` (with STARTTLS, which only this machine itself may do without),
            `smtps://…:465`, or `file:///a/folder`; empty: nowhere.
    """
    parts = urlsplit(url)
    if not url:
        return None
    return Folder(Path(unquote(parts.path))) if parts.scheme == "file" else Server(parts)


def complaint(url: str, sender: str, *, live: bool) -> str | None:
    """What is wrong or unsafe about where mail goes, in a sentence; None: nothing.

    Args:
        url: as for `connect`.
        sender: whom mail comes from.
        live: whether this is a real installation.
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "file":
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return "CASEWORK_MAIL_URL is smtp://user:password@host:587, smtps://… or file:///a/folder"
    if not live and parts.hostname not in _LOOPBACK:
        return "mail leaves this machine with the production profile only: here it goes into a folder"
    if "@" not in sender:
        return "say whom mail comes from: CASEWORK_MAIL_FROM=casework@desk.example.org"
    return None


class Folder:
    """Mails as files for their owner only, one each; nobody is written to."""

    leaves = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: EmailMessage) -> None:
        """Write a mail as a file that is named like it."""
        name = mail["Message-ID"].strip("<>").partition("@")[0]
        beside = self._folder / f"{name}.new"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(mail.as_bytes())
            beside.replace(self._folder / f"{name}.eml")
        except OSError:
            raise PostAway from None


class Server:
    """A mail server, over a connection that nobody else reads."""

    leaves = True

    def __init__(self, parts: SplitResult) -> None:
        self._host = parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._wrapped = parts.scheme == "smtps"
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def send(self, mail: EmailMessage) -> None:
        """Hand a mail in; whatever goes wrong, it is not known to have arrived."""
        try:
            with self._connected() as server:
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(mail)
        except (OSError, smtplib.SMTPException, ValueError):
            # What the server said would name the address.
            raise PostAway from None

    def _connected(self) -> smtplib.SMTP:
        if self._wrapped:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=_PATIENCE, context=_trust())
        server = smtplib.SMTP(self._host, self._port, timeout=_PATIENCE)
        if self._host not in _LOOPBACK:
            server.starttls(context=_trust())
        return server


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
