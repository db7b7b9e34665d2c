"""A browser without a screen that fills forms as a person does: what the page sent comes back with it."""

import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.factories import PASSPHRASE, Human


class _Hidden(HTMLParser):
    """The hidden inputs of a page; all of its forms carry the same kind of token."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "input" and named.get("type") == "hidden" and named.get("name"):
            self.found[named["name"]] = named.get("value") or ""


@dataclass
class Visitor:
    """One person at one browser.

    Attributes:
        client: the browser.
        desk: the code of the desk whose pages `at` leads to.
        says_why: whether they say that they stand in, where a case is somebody else's, and go on.
    """

    client: FlaskClient
    desk: str = ""
    says_why: bool = True
    last: str = field(default="", repr=False)

    def sign_in(self, human: Human, code: str | None = None):
        """Through the real page."""
        self.get("/sign-in")
        return self.post(
            "/sign-in", {"login": human.login, "passphrase": PASSPHRASE, "code": code or human.code()}
        )

    def at(self, path: str = "") -> str:
        """An address of the desk."""
        return f"/desk/{self.desk}/{path}"

    def get(self, path: str, **kwargs):
        answer = self.client.get(path, **kwargs)
        if self.says_why and answer.status_code == 302 and "/why?" in answer.location:
            self.last = self.client.get(answer.location).get_data(as_text=True)
            return self.get(self.post(answer.location, {"why": "covering"}).location, **kwargs)
        if answer.mimetype == "text/html":
            self.last = answer.get_data(as_text=True)
        return answer

    def post(self, path: str, data: dict | None = None, *, follow: bool = False, **kwargs):
        """Send a form with the hidden fields of the page that was last looked at; `data` wins over them."""
        hidden = _Hidden()
        hidden.feed(self.last)
        answer = self.client.post(
            path, data={**hidden.found, **(data or {})}, follow_redirects=follow, **kwargs
        )
        if answer.mimetype == "text/html":
            self.last = answer.get_data(as_text=True)
        return answer

    def hand_in(self, path: str, data: dict, file: bytes | None = None, name: str = "IMG_2031.jpg"):
        """Send a form with a file, whole in memory: the test client's own way is a temporary file."""
        hidden = _Hidden()
        hidden.feed(self.last)
        sent = {**hidden.found, **data}
        if file is not None:
            sent["file"] = FileStorage(io.BytesIO(file), name)
        boundary, body = encode_multipart(sent)
        answer = self.client.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')
        if answer.mimetype == "text/html":
            self.last = answer.get_data(as_text=True)
        return answer

    def log(self, **changes):
        """Log a first contact; gives the answer."""
        self.get(self.at("cases/new"))
        return self.post(self.at("cases/new"), first_contact(**changes))


def first_contact(**changes) -> dict:
    """What a volunteer fills in; a value of None leaves the question out."""
    sent = {
        "language": "ne",
        "safe_now": "yes",
        "called": "Sita Test",
        "reach-0-channel": "call",
        "reach-0-number": "+977 980 111 2233",
        "reach-0-safe": "yes",
        "host": "QA",
        "home": "NP",
        "kind": "wage_theft",
        "what_happened": "Three months without pay.",
        "risk": "high",
        "consent.given": "yes",
        "consent.how": "spoken",
        "consent.interpreter": "none_needed",
        "consent.present": ["nobody"],
        "take": "1",
        # The warning that somebody is known already was seen; tests that are about it leave this out.
        "distinct": "1",
        "form_token": str(uuid4()),
    } | changes
    return {name: value for name, value in sent.items() if value is not None}


def how_it_ended(**changes) -> dict:
    """What a volunteer fills in when a case ends; `changes` make it another ending."""
    return {
        "reason": "goal_met",
        "person_told": "yes",
        "told_on": "2020-01-01",
        "told_how": "By telephone",
        "dates_done": "Settled",
        "copy_offered": "yes",
        "referrer_told": "nobody",
    } | changes


def text(html: str) -> str:
    """What a page says, without its marks."""
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL))
    )
