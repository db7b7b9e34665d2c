"""What other rooms ask of grants: what left by them, what stands of them in the person's copy, and new keys."""

from typing import Any

from casework.cases.left import Left
from casework.cases.opening import OpenCase
from casework.sharing import grants, heard, terms
from casework.sharing.grants import Given
from casework.sharing.seen import Opened
from casework.vault.keeping import granting


def again(case: OpenCase) -> None:
    """Seal what grants give under the newest key of their case."""
    if not granting.carry(case.keys):
        case.complain(granting.BODY.name)


def left(case: OpenCase) -> list[Left]:
    """What an ally opened has left: they may remember it, or have kept it."""
    every = [grants.given(row, value) for row, value in grants.rows_of(case)]
    return [
        Left(terms.PURPOSE, one.name, _what(one, opened), opened.first)
        for one in every
        for opened in one.opened
    ]


def _what(one: Given, opened: Opened) -> str:
    for file in one.files:
        if file["id"] == opened.what:
            return str(file["name"] or file["what"])
    return opened.what


def in_copy(case: OpenCase) -> list[dict[str, Any]]:
    """Who was given what, what they opened, and what was said; an ally's own notes are theirs and not in it."""
    return [_told(case, grants.given(row, value)) for row, value in grants.rows_of(case)]


def _told(case: OpenCase, one: Given) -> dict[str, Any]:
    return {
        "to": one.name,
        "until": one.ends_on.isoformat(),
        "sections": list(one.sections),
        "files": [file["name"] or file["what"] for file in one.files],
        "opened": [{"what": _what(one, seen), "first": seen.first.isoformat()} for seen in one.opened],
        "said": [
            {"sort": said.sort, "at": said.at.isoformat(), "text": said.text}
            for said in heard.of_case(case, one.id).said
        ],
    }
