"""Deny by default: every address of the application says who may come, and an address that does not is shut."""

import pytest

from casework.web.access import Declared, public

OURS = {"static"}
#: Sign-in, one-time links, two recovery cards, language and theme, health.
PUBLIC = {"static", "health", "signing_in", "welcome", "back", "choices", "calendar"}


# The map of addresses is the same over any database.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def test_every_route_declares_who_may_come(app):
    silent = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if not isinstance(getattr(app.view_functions[rule.endpoint], "access", None), Declared)
    ]
    assert silent == []


def test_what_anybody_may_see_is_a_short_list(app):
    """A route that becomes public shows up here, and in the review of whoever did it."""
    open_to_all = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not app.view_functions[rule.endpoint].access.signed_in
    }
    assert {endpoint.partition(".")[0] for endpoint in open_to_all} <= PUBLIC


def test_a_route_that_declares_nothing_answers_403(app_with):
    app = app_with()
    app.add_url_rule("/silent", "silent", lambda: "seen")
    app.add_url_rule("/loud", "loud", public(lambda: "seen"))
    client = app.test_client()
    assert client.get("/silent").status_code == 403
    assert client.post("/silent").status_code in (400, 403, 405)
    assert client.get("/loud").data == b"seen"


def test_no_address_carries_anything_but_codes(app):
    """Addresses stand in histories: converters take ids and words of ours, never free text."""
    kinds = {
        (rule.rule, name, type(converter).__name__)
        for rule in app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if rule.endpoint not in OURS
    }
    free = {(rule, name) for rule, name, kind in kinds if kind == "PathConverter"}
    assert free == set()
