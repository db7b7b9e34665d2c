"""Views: one file a room; each reads a form, asks a service, and fills a template."""

from importlib import import_module

from flask import Flask

from casework.web.access import public

_ROOMS = (
    "health",
    "signing_in",
    "welcome",
    "back",
    "home",
    "account",
    "members",
    "leaving",
    "cards",
    "lock",
    "locked",
    "desk",
    "desks",
    "drafts",
    "choices",
    "cases",
    "groups",
    "respondents",
    "signals",
    "retention",
    "search",
    "rules",
    "review",
    "review_stories",
    "partners",
    "packets",
    "shifts",
    "paper_texts",
    "services",
    "lists",
    "export",
    "reminders",
    "calendar",
    "schedule",
    "campaigns",
    "campaign_stories",
    "campaign_papers",
    "formations",
    "organising",
    "trends",
    "returns",
    "return_files",
    "windows",
)


def install(app: Flask) -> None:
    """Put every room's pages at their addresses."""
    for room in _ROOMS:
        app.register_blueprint(import_module(f"casework.web.views.{room}").pages)
    public(app.view_functions["static"])
