"""The evidence to look for, as the section of evidence shows it: what is missing first, with why it matters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import get_locale, gettext

from casework.cases import kinds, values
from casework.cases.asking import Section, asked
from casework.cases.fields import Field, Type
from casework.cases.opening import OpenCase
from casework.web.questions import voice

GRADES = "evidence_grades"
_MISSING = ("", "none")


@dataclass(frozen=True)
class Line:
    """One piece of evidence to look for.

    Attributes:
        name, why: what it is, and why it matters, in the reader's language.
        grade: what there is of it, in words; empty where nobody said.
        about: who holds it, and where it is safe.
        file: name and address of the file of this case, or None.
    """

    name: str
    why: str
    grade: str
    about: str
    file: tuple[str, str] | None


@dataclass(frozen=True)
class Checklist:
    """The evidence that a kind of case looks for.

    Attributes:
        title: of the kind.
        missing, there: its lines.
    """

    title: str
    missing: list[Line]
    there: list[Line]


def is_one(field: Field) -> bool:
    """Whether a question is a list of evidence to look for."""
    return field.type is Type.ANSWERS and field.answers == GRADES


def of_case(
    case: OpenCase, stored: Mapping[str, Any], pieces: tuple[tuple[str, str], ...]
) -> list[Checklist]:
    """The lists of a case's kinds.

    Args:
        case: opened.
        stored: the answers of its section of evidence.
        pieces: id and name of its files.
    """
    groups = asked(Section.EVIDENCE, case.kinds)
    return [
        _list(case, str(gettext(group.title)), field, stored.get(f"{group.prefix}{field.key}") or {}, pieces)
        for group in groups
        for field in group.fields
        if is_one(field)
    ]


def naming(case: OpenCase, piece_id: UUID) -> list[str]:
    """The lines of the case's checklists that name a piece, in the reader's language.

    Args:
        case: opened.
        piece_id: the piece.
    """
    stored = case.section(Section.EVIDENCE).values
    return [
        str(gettext(code.label))
        for group in asked(Section.EVIDENCE, case.kinds)
        for field in group.fields
        if is_one(field)
        for code in kinds.code_list(field.codes)
        if _names(stored.get(f"{group.prefix}{field.key}"), code.key, piece_id)
    ]


def _names(stored: Mapping[str, Any] | None, code: str, piece_id: UUID) -> bool:
    return values.beside((stored or {}).get(code)).get("piece") == str(piece_id)


def _list(
    case: OpenCase,
    title: str,
    field: Field,
    stored: Mapping[str, Any],
    pieces: tuple[tuple[str, str], ...],
) -> Checklist:
    missing: list[Line] = []
    there: list[Line] = []
    for code in kinds.code_list(field.codes):
        said = stored.get(code.key)
        line = Line(
            str(gettext(code.label)),
            str(gettext(code.help)) if code.help else "",
            _grade(field, values.answer_of(said)),
            "; ".join(_about(field, values.beside(said))),
            _file(case, values.beside(said).get("piece"), dict(pieces)),
        )
        (missing if values.answer_of(said) in _MISSING else there).append(line)
    return Checklist(title, missing, there)


def _grade(field: Field, answer: str) -> str:
    return values.label(kinds.code_list(field.answers), answer, voice()) if answer else ""


def _about(field: Field, beside: Mapping[str, Any]) -> Iterator[str]:
    for one in (one for one in field.fields if one.key in beside and one.type is not Type.PIECE):
        shown = values.show(one, beside[one.key], get_locale(), voice().gettext)
        yield f"{gettext(one.label)}: {shown}"


def _file(case: OpenCase, piece: str | None, known: Mapping[str, str]) -> tuple[str, str] | None:
    """A file that was taken out is not linked any more; who holds the paper stays written."""
    if piece is None or piece not in known:
        return None
    return known[piece], url_for("cases.one_evidence", ref=case.row.ref, piece_id=piece)
