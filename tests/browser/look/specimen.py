"""A small app that shows every piece and every page with invented people: for looking, and for look tests.

    python -m tests.browser.look.specimen          serves it on 127.0.0.1:8111

It uses the real templates, the real static files and the real headers, but no database and no keys.
`?lang=ar`, `?theme=dark` and `?signed_out=1` change the frame.
"""

from types import SimpleNamespace
from typing import Any

from babel import Locale
from flask import Flask, render_template, request
from flask_babel import Babel
from markupsafe import Markup

from casework.settings import ROOT
from casework.web import headers
from casework.web.static_files import digest
from tests.browser.look import people

LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربية")]
#: Every address that the templates name, so that url_for answers as in the product.
ADDRESSES = {
    "today.page": "/d/<desk>/",
    "cases.listing": "/d/<desk>/cases",
    "cases.new": "/d/<desk>/cases/new",
    "search.page": "/d/<desk>/search",
    "desk.page": "/d/<desk>/desk",
    "desks.page": "/desks",
    "signing_in.page": "/sign-in",
    "signing_in.out": "/sign-out",
    "leaving.now": "/leave",
    "account.page": "/account",
    "preferences.language": "/language",
    "preferences.theme": "/theme",
}


def language() -> str:
    """The language that the address asks for."""
    return request.args.get("lang", "en")


def names() -> dict[str, Any]:
    """What the product's context processor hands to every template."""
    signed_in = "signed_out" not in request.args
    harbour = SimpleNamespace(code="harbour", name="Harbour desk")
    valley = SimpleNamespace(code="valley", name="उपत्यका डेस्क")
    return {
        "person": SimpleNamespace() if signed_in else None,
        "actor": SimpleNamespace(name="Amina Diallo", role="coordinator") if signed_in else None,
        "desk": harbour if signed_in else None,
        "desks": [harbour, valley],
        "languages": LANGUAGES,
        "language": language(),
        "direction": "rtl" if Locale.parse(language()).text_direction == "rtl" else "ltr",
        "theme": request.args.get("theme", "auto"),
        "demo": "demo" in request.args,
        "csrf_field": lambda: Markup('<input type="hidden" name="csrf" value="' + "0" * 86 + '">'),
    }


def make_app() -> Flask:
    """The app, with every address of the product answering 204."""
    app = Flask(
        "specimen",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "casework" / "web" / "static"),
    )
    app.config.update(SECRET_KEY="invented", CASEWORK=SimpleNamespace(idle_minutes=15))
    Babel(
        app, locale_selector=language, default_translation_directories=str(ROOT / "casework/web/translations")
    )
    headers.install(app, https=False)
    app.context_processor(names)
    app.url_defaults(_defaults)
    app.url_value_preprocessor(lambda _endpoint, values: values.pop("desk", None) if values else None)
    for endpoint, address in ADDRESSES.items():
        app.add_url_rule(address, endpoint, lambda **_: ("", 204), methods=["GET", "POST"])
    app.add_url_rule(
        "/specimen", "specimen", lambda: render_template("pieces/_specimen.html", **people.specimen())
    )
    app.add_url_rule("/specimen/identity", "identity", _identity)
    return app


def _defaults(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values.setdefault("v", digest(values["filename"]))
    elif "<desk>" in ADDRESSES.get(endpoint, ""):
        values.setdefault("desk", "harbour")


def _identity() -> str:
    return render_template("pieces/_specimen_section.html")


if __name__ == "__main__":
    make_app().run(port=8111)
