"""Fields and forms to try values with."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from casework import codes
from casework.cases.fields import Field, Type
from casework.cases.kinds import code_list
from casework.cases.values.choices import list_of
from casework.errors import Invalid

#: The languages of the interface.
LOCALES = ["en", "es", "fr", "ar", "ne", "bn", "fil", "id", "hi", "ur", "am"]

#: Zero of the scripts that people type digits in.
ZEROS = {
    "latin": "0",
    "arabic": "٠",
    "persian": "۰",
    "devanagari": "०",
    "bengali": "০",
    "wide": "０",
    "myanmar": "၀",
}


def field(sort: str, **more) -> Field:
    """One field by itself."""
    given = {"least": Decimal(0)} if sort in ("money", "duration") else {}
    given |= {"longest": 200, "section": "legal", "step": "intake", "why_sealed": "x.", "kept": "case"} | more
    return Field(key="x", label="X", type=Type(sort), **given)


def tried(read: Callable[..., Any], *given: Any) -> tuple[Any, Invalid | None]:
    """What reading gave, or the complaint, which must be a whole sentence."""
    try:
        return read(*given), None
    except Invalid as refused:
        sentence = refused.message % refused.params
        if "%(" in sentence:
            raise AssertionError(f"an unfilled place in {sentence!r}") from refused
        return None, refused


def in_script(text: str, zero: str) -> str:
    """A text with its digits in another script."""
    return "".join(chr(ord(zero) + int(c)) if c in "0123456789" else c for c in text)


def forms(asked: Field, name: str) -> st.SearchStrategy[dict]:
    """Whatever somebody may rightly type for a field, part by part."""
    return _FORMS[asked.type](asked, name)


def _whole(asked: Field) -> st.SearchStrategy[int]:
    most = int(asked.most) if asked.most is not None else 10**9
    return st.integers(int(asked.least or 0), most)


def _texts(asked: Field, name: str):
    return st.fixed_dictionaries({name: st.text(max_size=min(asked.longest, 60))})


def _one_of(asked: Field, name: str):
    return st.fixed_dictionaries({name: st.sampled_from(sorted(code_list(list_of(asked)).codes))})


def _many_of(asked: Field, name: str):
    keys = sorted(code_list(asked.codes).codes)
    return st.fixed_dictionaries({name: st.lists(st.sampled_from(keys), unique=True)})


def _each_of(asked: Field, name: str):
    answers = st.sampled_from(["", *code_list(asked.answers).codes])
    own = st.fixed_dictionaries({f"{name}-{item.key}": answers for item in code_list(asked.codes)})
    first = next(iter(code_list(asked.codes))).key
    beside = [forms(inner, f"{name}-{first}-{inner.key}") for inner in asked.fields]
    return st.tuples(own, *beside).map(lambda parts: {k: v for part in parts for k, v in part.items()})


def _days(asked: Field):
    latest = date(2026, 11, 20) if asked.when == "past" else date(2050, 12, 31)
    return st.dates(date(1900, 1, 1), latest)


def _pieces(_asked: Field, name: str):
    return st.fixed_dictionaries({name: st.uuids().map(str)})


def _dates(asked: Field, name: str):
    if asked.brief:
        said = st.one_of(st.text(max_size=40), _days(asked).map(str))
        return st.fixed_dictionaries({f"{name}-written": said})
    calendars = st.sampled_from(sorted(codes.load("calendars").codes))
    other = st.fixed_dictionaries(
        {
            f"{name}-written": st.text(max_size=40),
            f"{name}-calendar": calendars,
            f"{name}-about": st.sampled_from(["", "1"]),
        }
    )
    exact = _days(asked).map(
        lambda d: {f"{name}-day": str(d.day), f"{name}-month": str(d.month), f"{name}-year": str(d.year)}
    )
    parts = st.sampled_from(
        [{}, {f"{name}-day": ""}, {f"{name}-day": "", f"{name}-month": ""}, {f"{name}-about": "1"}]
    )
    words = st.sampled_from([{}, {f"{name}-written": "two days after Eid"}])
    return st.one_of(other, st.tuples(exact, parts, words).map(lambda some: some[0] | some[1] | some[2]))


def _moments(asked: Field, name: str):
    zones = st.sampled_from(["Asia/Kathmandu", "Europe/London", "America/St_Johns", "UTC"])
    # From three in the morning on no clock of these zones skips an hour.
    times = st.one_of(st.just(""), st.times(time(4), time(23, 59)).map(lambda t: t.strftime("%H:%M")))
    return st.tuples(_days(asked), times, zones).map(
        lambda some: {
            f"{name}-day": str(some[0].day),
            f"{name}-month": str(some[0].month),
            f"{name}-year": str(some[0].year),
            f"{name}-time": some[1],
            f"{name}-zone": some[2],
        }
    )


def _money(_asked: Field, name: str):
    currency = st.sampled_from(["USD", "KWD", "JPY", "NPR", "BDT"])
    return st.fixed_dictionaries(
        {f"{name}-amount": st.integers(0, 10**9).map(str), f"{name}-currency": currency}
    )


def _numbers(asked: Field, name: str):
    return st.fixed_dictionaries({name: _whole(asked).map(str)})


def _durations(asked: Field, name: str):
    units = st.sampled_from(asked.units or tuple(codes.load("duration_units").codes))
    return st.fixed_dictionaries({f"{name}-count": _whole(asked).map(str), f"{name}-unit": units})


def _phones(_asked: Field, name: str):
    return st.fixed_dictionaries({name: st.from_regex(r"\+?[0-9][0-9 ()-]{0,4}[0-9]{6,10}", fullmatch=True)})


def _documents(asked: Field, name: str):
    number = st.from_regex(r"[A-Z]{0,3}[ -]?[0-9]{4,12}", fullmatch=True)
    system = st.just("unsure" if asked.codes else "")
    return st.fixed_dictionaries({f"{name}-number": number, f"{name}-system": system})


def _groups(asked: Field, name: str):
    def row(number: int):
        each = [forms(inner, f"{name}-{number}-{inner.key}") for inner in asked.fields]
        return st.tuples(*each).map(lambda parts: {k: v for part in parts for k, v in part.items()})

    return st.lists(st.sampled_from(range(min(asked.rows, 3))), unique=True).flatmap(
        lambda numbers: st.tuples(*map(row, numbers)).map(
            lambda rows: {k: v for r in rows for k, v in r.items()}
        )
    )


_FORMS = {
    Type.TEXT: _texts,
    Type.LONG_TEXT: _texts,
    Type.CHOICE: _one_of,
    Type.CHOICES: _many_of,
    Type.ANSWER: _one_of,
    Type.ANSWERS: _each_of,
    Type.DATE: _dates,
    Type.DATE_TIME: _moments,
    Type.MONEY: _money,
    Type.NUMBER: _numbers,
    Type.DURATION: _durations,
    Type.COUNTRY: _one_of,
    Type.LANGUAGE: _one_of,
    Type.PHONE: _phones,
    Type.DOCUMENT_NUMBER: _documents,
    Type.GROUP: _groups,
    Type.PIECE: _pieces,
}
