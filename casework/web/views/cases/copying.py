"""A copy of a case for the person: a page to print, and a file for machines."""

import json
from itertools import chain
from typing import Any

from flask import Response, g, render_template, url_for

from casework.access.policy import Action
from casework.cases import archive, copying, kinds
from casework.cases.asking import Section
from casework.web import copy_shown, questions
from casework.web.access import needs
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.evidence import store
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/copy")
@needs(Action.CASE_COPY, writes=True)
def copy(ref: str) -> str:
    """Everything that is kept, in words; making it is recorded."""
    made = copying.gather(g.actor, ref)
    return render_template(
        "cases/copy.html",
        parts=[
            part
            for section in Section
            for part in copy_shown.parts(section, made.sections[section], made.case.kinds)
        ],
        notes=[copy_shown.note(one) for one in made.noted],
        consents=[copy_shown.consent(one) for one in made.told],
        others=[_other(one) for one in made.around["people"]],
        lines=len(made.lines),
        refused=made.refused,
        file_href=url_for("cases.copy_file", ref=ref),
        all_href=url_for("cases.copy_all", ref=ref),
        files=len(copying.files(made, store())),
        **copy_shown.more(made),
        **back_to(made.case),
    )


@pages.get("/<ref>/copy.json")
@needs(Action.CASE_COPY, writes=True)
def copy_file(ref: str) -> Response:
    """The same for machines; the name of the file says nothing."""
    text = json.dumps(copying.for_machines(copying.gather(g.actor, ref)), ensure_ascii=False, indent=1)
    answer = Response(text, mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="copy.json"'
    return answer


@pages.get("/<ref>/copy.zip")
@needs(Action.CASE_COPY, writes=True)
def copy_all(ref: str) -> Response:
    """The same with every file, made while it is sent; none of it ever lies anywhere in the clear."""
    made = copying.gather(g.actor, ref)
    text = json.dumps(copying.for_machines(made), ensure_ascii=False, indent=1).encode()
    named = [("copy.json", iter([text]))]
    kept = ((one.name, one.parts()) for one in copying.files(made, store()))
    answer = Response(archive.zipped(chain(named, kept)), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="copy.zip"'
    return answer


def _other(told: dict[str, Any]) -> list[tuple[str, Any]]:
    """Somebody around the person, as far as their own right not to be told of allows."""
    return questions.say(kinds.page("around"), told)
