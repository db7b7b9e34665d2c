"""What a page says aloud, piece by piece: its text and the words of its attributes."""

from html.parser import HTMLParser

_SAID = ("aria-label", "alt", "placeholder", "title")
_SILENT = ("script", "style", "title")
#: What somebody typed, or what is a name or a reference in every language.
_NAMED = ("bdi", "code", "textarea")


class _Speech(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()
        self.links: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag in _SILENT + _NAMED:
            self._within.append(tag)
        if tag == "a" and named.get("href"):
            self.links.append(named["href"])
        self.said |= {_plain(named[a]) for a in _SAID if named.get(a)}

    def handle_endtag(self, tag):
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data):
        if not self._within and data.strip():
            self.said.add(_plain(data))


def said(html: str) -> set[str]:
    """Every piece of text that somebody sees or hears; names and typed words left out."""
    speech = _Speech()
    speech.feed(html)
    return speech.said


def links(html: str) -> list[str]:
    """Where a page leads."""
    speech = _Speech()
    speech.feed(html)
    return speech.links


def _plain(text: str) -> str:
    return " ".join(text.split())
