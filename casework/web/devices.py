"""What a browser says it is, in a few words: enough to recognise one's own phone in a list."""

from flask import request

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"))
_MORE = (("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"))
_OTHERS = (("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))


def of_request() -> str:
    """Browser and system of this request, such as `Firefox, Android`; empty where neither is known."""
    said = request.user_agent.string
    parts = (_first(said, _BROWSERS + _MORE), _first(said, _SYSTEMS + _OTHERS))
    return ", ".join(part for part in parts if part)


def _first(said: str, among: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in among if mark in said), "")
