"""Finds every form of the pages that somebody can reach, and fills each field with marked text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from urllib.parse import urljoin, urlsplit

from tests.web.visitor import Visitor

#: Forms that would end the session, or change how pages look, are sent by other tests.
_LEFT = ("/sign-out", "/account/sign-out-everywhere", "/language", "/theme")

#: What would take away again what was filled in.
_TAKES_OUT = ("/consents/take-out", "/erase", "/out")

#: What every mark begins with: nobody's number, and a word of no language.
DIGITS = "977987310"
WORD = "Qzxwvj"

_TAKEN, _NOT_TAKEN = 302, 422
#: What a page says beside a field that it could not take.
_REFUSAL = re.compile(r'class="error"[^>]*>.*?<span>(.*?)</span>', re.DOTALL)
#: Parts of dates and times: what is typed there is no text.
_PLAIN = {"day": "3", "year": "2025", "time": "10:00", "written": ""}
_DATES = re.compile(r"-(day|month|year|time|zone|written|calendar|about)$")


@dataclass
class Form:
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)


class _Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self):
        super().__init__()
        self.links: set[str] = set()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "a" and a.get("href") and "data-exit" not in a:
            self.links.add(a["href"])
        if tag == "form" and (a.get("method") or "").lower() == "post":
            self._form = Form(a.get("action") or "")
            self.forms.append(self._form)
        if self._form is None:
            return
        name, kind = a.get("name"), a.get("type", "text") if tag == "input" else tag
        if name and kind in {"text", "search", "tel", "password", "textarea"}:
            self._form.free[name] = a.get("inputmode") or kind
        elif name and kind in {"radio", "checkbox"}:
            self._form.fields.setdefault(name, []).append(a.get("value", "on") or "")
        elif tag == "select":
            self._select = name
            self._form.fields.setdefault(name, [])
        elif tag == "option" and self._select and a.get("value"):
            self._form.fields[self._select].append(a["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = None


@dataclass
class Crawler:
    """Walks every page within reach, once each.

    Attributes:
        visitor: who walks, signed in.
        marks: what was typed where.
        alone: an id whose pages are let alone; whose role was changed cannot play their part later.
        closing: whether cases are closed as well; a closed case takes nothing more, so that comes last.
    """

    visitor: Visitor
    alone: str = "nobody"
    marks: dict[str, str] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(1))
    pages: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    statuses: dict[str, int] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    closing: bool = False

    def walk(self, start: str, most: int = 400) -> None:
        waiting = [start]
        while waiting and len(self.pages) < most:
            path = waiting.pop(0)
            if self._shape(path) in self.pages or self.alone in path:
                continue
            self.pages.add(self._shape(path))
            answer = self.visitor.get(path)
            if answer.status_code == 302:
                waiting.append(answer.location)
                continue
            page = _Page()
            page.feed(self.visitor.last)
            for form in page.forms:
                waiting += self._send(urljoin(path, form.action), form, path)
            links = (urlsplit(urljoin(path, link)) for link in sorted(page.links))
            waiting += [
                f"{one.path}{'?' + one.query if one.query else ''}" for one in links if not one.netloc
            ]

    def send(self, page: str, action: str, data: dict[str, object]) -> str:
        """Fill a form by hand whose answers hang together; it has to be taken. Gives where it leads.

        Args:
            page: where it stands.
            action: where it is sent.
            data: what is typed.
        """
        self.visitor.get(page)
        answer = self.visitor.post(action, data)
        assert answer.status_code == _TAKEN, (action, answer.status_code, self.visitor.last[-3000:])
        self.statuses[self._shape(action)] = _TAKEN
        self.marks |= {
            str(value): f"{self._shape(action)} {name}" for name, value in data.items() if WORD in str(value)
        }
        return str(answer.location)

    def _send(self, action: str, form: Form, page: str) -> list[str]:
        """Fill a form twice: with the first of all choices, and with the last; go on where it leads."""
        if (
            action in _LEFT
            or action.endswith(_TAKES_OUT)
            or self._shape(action) in self.sent
            or (action.endswith("/close") and not self.closing)
        ):
            return []
        self.sent.add(self._shape(action))
        led = []
        for which in (0, -1):
            data: dict[str, object] = {
                name: self._typed(action, name, sort) for name, sort in form.free.items()
            }
            data |= {name: values[which] for name, values in form.fields.items() if values}
            data |= self._sensible(form)
            # All that the canary types is alike: it says at once that everybody is somebody else.
            data["distinct"] = "1"
            if {"primary", "backup"} <= form.fields.keys():
                # Two different people; both the first would be refused.
                data["primary"], data["backup"] = form.fields["primary"][0], form.fields["backup"][-1]
            self.visitor.get(page)
            answer = self.visitor.post(action, data)
            if answer.status_code == _NOT_TAKEN:
                # A day that lies on the wrong side of today is left out then.
                self.visitor.get(page)
                answer = self.visitor.post(action, {k: v for k, v in data.items() if not _DATES.search(k)})
            self.statuses[self._shape(action)] = min(
                answer.status_code, self.statuses.get(self._shape(action), 999)
            )
            if answer.status_code == _NOT_TAKEN:
                self.refused[self._shape(action)] = _REFUSAL.findall(self.visitor.last)
            if answer.status_code == _TAKEN:
                led.append(answer.location)
        return led

    def _typed(self, action: str, name: str, sort: str) -> str:
        """Digits where only digits are taken, a word elsewhere; each of them once in the world."""
        part = name.rpartition("-")[2]
        if part in _PLAIN or sort in {"numeric", "decimal"}:
            return _PLAIN.get(part, "3")
        number = next(self.numbers)
        mark = f"{DIGITS}{number:03d}" if sort == "tel" else f"{WORD}{number:04d}"
        self.marks[mark] = f"{self._shape(action)} {name}"
        return mark

    @staticmethod
    def _sensible(form: Form) -> dict[str, object]:
        """Answers without which nothing is kept: consent, alone, spoken, and nothing taken out again."""
        wanted = {
            "consent.given": "yes",
            "consent.how": "spoken",
            "consent.interpreter": "none_needed",
            "consent.present": "nobody",
            "given": "yes",
            "how": "spoken",
            "interpreter": "none_needed",
            "present": "nobody",
            "language": "ne",
            "safe_now": "yes",
            "respondent": "",
            # Nobody waits longer than the list says.
            "hours_emergency": "1",
            # A table of weeks is kept when it was checked.
            "cell-0-from": "2025-03-03",
            "cell-1-from": "2025-03-10",
            "cell-2-from": "2025-03-17",
            "cell-3-from": "2025-03-24",
            "pasted": "",
            "keep": "1",
            # An exchange rate is between two currencies.
            "rate_of": "QAR",
            "rate_into": "NPR",
        }
        asked = form.fields.keys() | form.free.keys()
        # A year such as 2025 is one of this calendar.
        wanted |= {name: "gregorian" for name in asked if name.endswith("-calendar")}
        return {
            name: value
            for name, value in wanted.items()
            if name in asked or (name == "keep" and "pasted" in asked)
        }

    @staticmethod
    def _shape(path: str) -> str:
        """Addresses that differ by a reference, an id or a token are one page."""
        path = re.sub(r"/cases/[A-Z0-9]{4}-[A-Z0-9]{4}", "/cases/<ref>", path.split("?", maxsplit=1)[0])
        path = re.sub(r"/apart/[A-Z0-9]{4}-[A-Z0-9]{4}", "/apart/<ref>", path)
        path = re.sub(r"/desk/[a-z]{6}", "/desk/<desk>", path)
        return re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}", "/<id>", path)
