"""A small app that shows every piece and every page with invented people: for looking, and for look tests.

    python -m tests.browser.look.specimen          serves it on 127.0.0.1:8111

It uses the real templates, the real static files and the real headers, but no database and no keys.
`?lang=ar`, `?theme=dark`, `?demo=1` and `?signed_out=1` change the frame.
"""

from types import SimpleNamespace
from typing import Any

from babel import Locale
from flask import Flask, g, render_template, request
from flask_babel import Babel
from markupsafe import Markup, escape

from casework.settings import ROOT
from casework.web import headers, qr
from casework.web.static_files import digest
from tests.browser.look import forms, people
from tests.browser.look.pages import PAGES

LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربية")]


def language() -> str:
    """The language that the address asks for."""
    return request.args.get("lang", "en")


def names() -> dict[str, Any]:
    """What the product's context processor hands to every template."""
    signed_in = "signed_out" not in request.args and not g.get("signed_out", False)
    harbour = SimpleNamespace(code="harbour", name="Harbour desk", role="coordinator", network=False)
    valley = SimpleNamespace(code="valley", name="उपत्यका डेस्क", role="volunteer", network=False)
    return {
        "person": SimpleNamespace() if signed_in else None,
        "actor": SimpleNamespace() if signed_in else None,
        "desk": harbour if signed_in else None,
        "desks": [harbour, valley],
        "languages": LANGUAGES,
        "language": language(),
        "direction": "rtl" if Locale.parse(language()).text_direction == "rtl" else "ltr",
        "theme": request.args.get("theme", "auto"),
        "demo": "demo" in request.args,
        "may": lambda _action: True,
        "drafted": lambda: SimpleNamespace(resumed=None, offers=[], page="0" * 32, owner="0" * 86),
        "typed_form": dict,
        "csrf_field": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format("0" * 86),
    }


def make_app() -> Flask:
    """The app: the specimen, every page under /page/, and a stand-in for every address they name."""
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
    app.url_defaults(_static_digest)
    # Addresses of the product need not exist here: each becomes its own endpoint's name.
    app.url_build_error_handlers.append(lambda _error, endpoint, _values: "/" + endpoint.replace(".", "/"))
    app.add_url_rule("/specimen", "specimen", _specimen)
    app.add_url_rule(
        "/specimen/identity", "identity", lambda: render_template("pieces/_specimen_section.html")
    )
    app.add_url_rule("/page/<path:name>", "page", _page)
    app.add_url_rule("/<path:anything>", "anything", _anything, methods=["GET", "POST"])
    return app


def _static_digest(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values.setdefault("v", digest(values["filename"]))


def _page(name: str) -> str:
    """One page template with the invented context that `pages` has for it."""
    shown = PAGES[name]
    g.signed_out = shown.signed_out
    return render_template(shown.template, **shown.context())


def _anything(anything: str) -> tuple[str, int]:
    """Any address of the product: an empty page; a form is taken without a word."""
    return (
        ("", 204) if request.method == "POST" else (f"<!doctype html><title>{escape(anything)}</title>", 200)
    )


def _specimen() -> str:
    """Every piece."""
    return render_template(
        "pieces/_specimen.html",
        cases=people.cases(),
        entries=people.entries(),
        facts=people.facts(),
        conflict=people.versions(),
        months=forms.MONTHS,
        qr=qr.data_uri("otpauth://totp/Casework?secret=JBSWY3DPEHPK3PXP"),
        forms={
            "contact": forms.Contact(data={"safe": "yes", "kinds": ["detention"]}),
            "wrong": forms.wrong(),
        },
    )


if __name__ == "__main__":
    make_app().run(port=8111)
