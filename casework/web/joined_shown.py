"""Cases of one person that are joined, as the page of a case and the page that joins them show them."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from casework.cases import joining, kinds
from casework.cases.asking import Section
from casework.cases.joined import Mark
from casework.cases.opening import OpenCase
from casework.web import questions
from casework.web.cases_shown import day, head, workers

#: What of a case that was taken in is one press away from the page of the one that was kept.
_PARTS = ("cases.entries", "cases.dates", "cases.consents", "cases.reach")
#: Common questions whose answers help to tell whether two are one.
_COMPARED = ("language", "home", "host")


def of(case: OpenCase) -> dict[str, Any] | None:
    """What stands on the page of a case; None for one that is not joined with any."""
    leads, took = joining.of_case(case)
    if leads is None and not took:
        return None
    return {
        "leads": _lead(case, leads) if leads else None,
        "took": [_taken(case, one, mark) for one, mark in zip(joining.taken_in(case), took, strict=True)],
    }


def _lead(case: OpenCase, mark: Mark) -> dict[str, Any]:
    return _said(mark) | {"href": _page(mark.ref), "part_href": _apart(case, mark)}


def _taken(case: OpenCase, other: OpenCase, mark: Mark) -> dict[str, Any]:
    top = head(other)
    links = [(_title(name), url_for(name, ref=mark.ref)) for name in _PARTS]
    return _said(mark) | {
        "called": top.called,
        "kinds": top.kinds,
        "due": top.due,
        "safe": top.safe,
        "closed": top.status if top.status[0] == "closed" else None,
        "href": _page(mark.ref, own=1),
        "links": links,
        "part_href": _apart(case, mark),
    }


def _said(mark: Mark) -> dict[str, Any]:
    by = workers().get(mark.by) or str(gettext("somebody who left"))
    return {"ref": mark.ref, "on": day(mark.on), "by": by, "reason": mark.reason}


def _page(ref: str, **more: Any) -> str:
    return url_for("cases.page", ref=ref, **more)


def _apart(case: OpenCase, mark: Mark) -> str:
    return url_for("cases.part", ref=case.row.ref, other=mark.ref)


def _title(endpoint: str) -> str:
    titles = {
        "cases.entries": gettext("Notes, calls, visits"),
        "cases.dates": gettext("Dates and tasks"),
        "cases.consents": gettext("Consents"),
        "cases.reach": gettext("Reach them"),
    }
    return str(titles[endpoint])


def beside(case: OpenCase) -> dict[str, Any]:
    """A case as one of two that are compared before they are joined."""
    top = head(case)
    header = case.section(Section.HEADER).values
    asked = [field for field in kinds.common() if field.key in _COMPARED]
    told = [(gettext(field.label), questions.spoken(field, header.get(field.key))) for field in asked]
    return {
        "called": top.called,
        "ref": top.ref,
        "status": top.status,
        "kinds": top.kinds,
        "facts": [
            (gettext("Since"), top.opened),
            (gettext("Worker"), top.primary or gettext("Nobody yet")),
            *told,
            (gettext("Next date"), top.due[0] if top.due else ""),
            (gettext("Safe contact"), top.safe[1] if top.safe else ""),
            (gettext("Who can see it"), top.seen_by),
        ],
    }
