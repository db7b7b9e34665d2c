"""A case of any kind, answered whole, prints no English question in a language of papers."""

import re

import pytest
from babel import Locale

from casework.cases import kinds, sections
from casework.cases.fields import Type
from casework.cases.questions import stored_key
from casework.cases.values import Voice
from casework.cases.values import choices as lists
from casework.papers import sheets
from casework.papers.contents import Contents
from casework.vault import Section
from casework.web import paper_languages
from tests import factories

LANGUAGES = ("bn", "fil", "hi", "id", "ne", "ur")
ABOUT = {"written": "2081-01-15", "calendar": "bikram_sambat", "date": "2024-04-27", "precision": "approx"}
PLAIN = {
    Type.TEXT: "12",
    Type.LONG_TEXT: "12",
    Type.DATE: ABOUT,
    Type.DATE_TIME: {"date": "2024-04-27", "time": "10:30", "zone": "Asia/Kathmandu"},
    Type.MONEY: {"minor": 275500, "currency": "KWD"},
    Type.NUMBER: "2",
    Type.DURATION: {"count": 6, "unit": "month"},
    Type.COUNTRY: "NP",
    Type.LANGUAGE: "ne",
    Type.PHONE: {"written": "+977 1", "digits": "9771"},
    Type.DOCUMENT_NUMBER: {"written": "12", "system": None, "plain": "12"},
}
#: What stays in Latin letters in any language: codes of systems and currencies.
LATIN = re.compile(r"\b(KWD|USD|UCI|CID|LGBT|Eurodac|Home Office|ECtHR|[A-Z0-9]{4}-[A-Z0-9]{4})\b")


def answers(field):
    """Each answer of one field that a list or its type knows."""
    if field.type is Type.GROUP:
        parts = {one.key: answers(one) for one in field.fields}
        return [{key: said for key, said in parts.items() if said is not None}]
    codes = [code.key for code in kinds.code_list(lists.list_of(field))] if lists.list_of(field) else []
    match field.type:
        case Type.CHOICE | Type.ANSWER:
            return codes[-1]
        case Type.CHOICES:
            return codes
        case Type.ANSWERS:
            return {code: next(iter(kinds.code_list(field.answers))).key for code in codes}
    return PLAIN.get(field.type)


@pytest.fixture(params=[one.key for one in kinds.all()])
def case(request, asha):
    """A case of one kind with an answer to every question that a paper can tell."""
    kind = kinds.get(request.param)
    ref = factories.kind_case(asha, kind.key, {}).ref
    groups = ((None, kinds.common()), (kind.key, kind.every_field))
    for section in sheets.TOLD:
        told = {
            stored_key(of, field.key): said
            for of, fields in groups
            for field in fields
            if field.section == section.value and (said := answers(field))
        }
        sections.save(asha, ref, section, told, factories.reload(asha, ref).section(section).rev)
    return factories.reload(asha, ref)


def said_by(paper):
    """Every text of a paper, as it is set."""
    found = [paper.title, paper.lead]
    stack = list(paper.blocks)
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            stack.extend(value for key, value in one.items() if key != "is")
        elif isinstance(one, list):
            stack.extend(one)
    return found


def test_no_question_is_printed_in_english(case):
    """All languages in one case: answering a case whole takes longer than printing it."""
    for language in LANGUAGES:
        own, asked = paper_languages.words(language), set()
        told = Contents(case, _noting(language, own, asked), frozenset(Section))
        papers = [make(told) for make in (sheets.case_sheet, sheets.emergency, sheets.locator)]
        assert len(asked) > len(kinds.common()), "the case was answered, so its questions are printed"
        assert sorted(asked - set(own)) == [], language
        left = [LATIN.sub("", one) for paper in papers for one in said_by(paper)]
        english = [one for one in left if re.search(r"[A-Za-z]{3,}", one)]
        assert language in ("fil", "id") or english == [], language


def _noting(language, own, asked):
    """A voice that notes what it was asked to say."""

    def say(text):
        asked.add(text)
        return own.get(text, text)

    return Voice(Locale.parse(language), say)
