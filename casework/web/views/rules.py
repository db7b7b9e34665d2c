"""The rules of time that this desk counts with, and what allies and coordinators say of them."""

from itertools import groupby

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework import clock
from casework.access.policy import Action, can
from casework.deadlines import lists, marking, rules
from casework.deadlines.marking import Said
from casework.deadlines.records import Rule
from casework.errors import Invalid, NotFound
from casework.web import rules_shown, tokens
from casework.web.access import needs
from casework.web.cases_shown import day
from casework.web.forms import typed
from casework.web.forms.dates import MarkRule, MendMarks
from casework.web.names_shown import who

pages = Blueprint("rules", __name__, url_prefix="/desk/<desk>/rules")


@pages.get("/")
@needs(Action.RULE_VIEW)
def listing() -> str:
    """All rules; those that should have been looked at again by now come first."""
    return _listing(typed(MendMarks))


@pages.post("/stand")
@needs(Action.RULE_MEND)
def let_stand() -> Response | tuple[str, int]:
    """Let what is said of them stand, although some of it was taken out or changed."""
    form: MendMarks = typed(MendMarks)
    if not form.validate():
        return _listing(form), 422
    try:
        marking.let_stand(g.actor, form.reason.data)
    except Invalid as refused:
        form.refuse(refused)
        return _listing(form), 422
    return redirect(url_for("rules.listing"))


def _listing(form: MendMarks) -> str:
    marks = marking.marks(g.actor)
    today = clock.today()
    ordered = sorted(rules.load(), key=lambda rule: (_where(rule), rule.key))
    in_time = [rule for rule in ordered if rule.recheck_after >= today]
    return render_template(
        "rules/list.html",
        all_there=marking.all_there(g.actor),
        form=form if can(g.actor, Action.RULE_MEND) else None,
        late=[_line(rule, marks) for rule in ordered if rule.recheck_after < today],
        others=[[_line(rule, marks) for rule in some] for _, some in groupby(in_time, key=_where)],
    )


@pages.get("/<digest>")
@needs(Action.RULE_VIEW)
def one(digest: str) -> str:
    """One rule as it stands."""
    return _page(_found(digest))


@pages.post("/<digest>")
@needs(Action.RULE_MARK)
def mark(digest: str) -> Response | tuple[str, int]:
    """Say something of it, once."""
    rule, form = _found(digest), _form(digest)
    if not form.validate():
        return _page(rule, form), 422
    try:
        marking.give(
            g.actor,
            rule.key,
            form.digest.data,
            form.mark.data,
            form.source.data,
            tokens.read(form.token.data),
        )
    except Invalid as refused:
        form.refuse(refused)
        return _page(rule, form), 422
    flash(gettext("Saved."))
    return redirect(url_for("rules.one", digest=digest))


def _found(digest: str) -> Rule:
    for rule in rules.load():
        if rule.digest == digest:
            return rule
    raise NotFound


def _form(digest: str) -> MarkRule:
    form: MarkRule = typed(MarkRule, data={"digest": digest, "token": str(tokens.for_form())})
    form.offer()
    return form


def _page(rule: Rule, form: MarkRule | None = None) -> str:
    marks = marking.marks(g.actor)
    said = marks.get(rule.digest)
    return render_template(
        "rules/one.html",
        rule=_line(rule, marks) | {"facts": rules_shown.facts(rule)},
        said=_said(said) if said else None,
        form=(form or _form(rule.digest)) if can(g.actor, Action.RULE_MARK) else None,
    )


def _line(rule: Rule, marks: dict[str, Said]) -> dict[str, object]:
    said = marks.get(rule.digest)
    return {
        "href": url_for("rules.one", digest=rule.digest),
        "title": gettext(rule.label),
        "version": rule.version,
        "where": _where(rule),
        "status": (rule.status.value, gettext(lists.load("statuses").label(rule.status))),
        "mark": said.mark.value if said else None,
        "source": rule.source,
        "source_url": rule.source_url,
        "caveat": gettext(rule.caveat) if rule.caveat else "",
        "checked": day(rule.checked_on),
        "recheck": day(rule.recheck_after),
        "late": rule.recheck_after < clock.today(),
    }


def _where(rule: Rule) -> str:
    """Whose law it is, in the reader's language. A union of states or a court of several is in no list of countries."""
    beyond = {
        "INT": gettext("Between states"),
        "EU": gettext("European Union"),
        "COE": gettext("Council of Europe"),
    }
    return str(
        beyond.get(rule.jurisdiction) or get_locale().territories.get(rule.jurisdiction, rule.jurisdiction)
    )


def _said(said: Said) -> dict[str, str]:
    return {"who": who(g.actor, said.by), "on": day(said.on), "source": said.source or ""}
