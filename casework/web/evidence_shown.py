"""Pieces of evidence in the reader's language."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from casework.cases.opening import OpenCase
from casework.evidence.bodies import Piece
from casework.money.account import proof
from casework.money.account.ledger import Ledger, LedgerLine
from casework.people.consents import Told
from casework.web import money_shown
from casework.web.cases_shown import moment, word, workers


def title(piece: Piece) -> str:
    """What it is called, or what it is."""
    return piece.said.called or in_words("proofs", piece.said.what)


def numbered(piece: Piece) -> str:
    """The same with its number, by which papers name it."""
    return str(gettext("No. %(number)s: %(title)s", number=piece.number, title=title(piece)))


def is_picture(piece: Piece) -> bool:
    """Whether a page can show it."""
    return piece.copy is not None and piece.copy.mime == "image/jpeg"


def in_words(listed: str, code: str) -> str:
    """A code in words, or nothing."""
    found = word(listed, code)
    return found[1] if found else ""


def row(case: OpenCase, piece: Piece) -> tuple[str, str, str | None, list[str], None]:
    """A piece as the section of evidence lists it."""
    return (
        href("one_evidence", case.row.ref, piece),
        title(piece),
        piece.said.place or None,
        _chips(piece),
        None,
    )


def agreed_to(told: Told) -> str:
    """Somebody outside, as a list of recipients names them: who, and for what."""
    return f"{told.answer.recipient}: {in_words('consent_purposes', told.answer.purpose)}"


def href(view: str, ref: str, piece: Piece) -> str:
    """The address of something about a piece."""
    return url_for(f"cases.{view}", ref=ref, piece_id=piece.id)


def _chips(piece: Piece) -> list[str]:
    said = piece.said
    holder = (
        gettext("held by: %(who)s", who=in_words("documents_held_by", said.holder)) if said.holder else ""
    )
    about = [
        gettext("No. %(number)s", number=piece.number),
        in_words("proofs", said.what) if said.called else "",
        in_words("evidence_grades", said.grade),
        holder,
    ]
    return [one for one in about if one]


def shown(ref: str, piece: Piece) -> dict[str, Any]:
    """How the page of a piece shows it."""
    return {
        "title": title(piece),
        "number": gettext("No. %(number)s", number=piece.number),
        "picture": is_picture(piece),
        "large_href": href("large_evidence", ref, piece) if is_picture(piece) else None,
        "sound": piece.original is not None and piece.original.mime.startswith("audio/"),
        "uncopied": piece.copy is None
        and piece.original is not None
        and piece.original.mime.startswith(("image/", "application/")),
    }


def facts(piece: Piece) -> list[tuple[str, str]]:
    """What is known of a piece."""
    said = piece.said
    size = round((piece.original.size if piece.original else 0) / 1024)
    return [
        (gettext("What it is"), in_words("proofs", said.what)),
        (gettext("What there is of it"), in_words("evidence_grades", said.grade)),
        (gettext("Who has the paper itself"), in_words("documents_held_by", said.holder)),
        (gettext("Where it is safe"), said.place),
        (gettext("Anything else"), said.note),
        (
            gettext("Handed in"),
            f"{moment(piece.at)}, {workers().get(piece.by) or gettext('somebody who left')}",
        ),
        (gettext("Size"), gettext("%(size)s kB", size=size) if size else ""),
        (gettext("Fingerprint of the original (SHA-256)"), piece.digest),
    ]


def proving(ref: str, ledger: Ledger, line: LedgerLine, pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    """The proof of a line: address and name of each piece.

    Args:
        ref: the case's reference.
        ledger: of the case.
        line: of it.
        pieces: the evidence of the case.
    """
    return [(href("one_evidence", ref, one), numbered(one)) for one in proof.of_line(ledger, line, pieces)]


def proved(ref: str, line: LedgerLine) -> dict[str, Any]:
    """A line as the page of its proof names it."""
    return {
        "id": str(line.id),
        "href": url_for("cases.money_line", ref=ref, line_id=line.id),
        "kind": in_words("ledger_lines", line.sort.key),
        "text": money_shown.summary(line),
        "struck": line.struck,
    }
