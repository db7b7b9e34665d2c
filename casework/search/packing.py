"""Packed cards as bytes, and back: what a search segment holds under its seal.

Reading is strict. Every length, every place in a table, every letter is checked, so that bytes which are
not exactly what was written are refused and never shown as a case.
"""

import re
from collections.abc import Sequence, Sized
from dataclasses import replace

import numpy as np

from casework.search.coded import Coded
from casework.search.columns import CODE, CODE_LISTS, CODES, DAYS, ID, MONEY, USERS
from casework.search.layout import Reader, Unreadable, Writer
from casework.search.name_index import RULES, NameIndex
from casework.search.names import Index
from casework.search.numbers import DOCUMENT, PHONE, TAIL
from casework.search.pack import Pack
from casework.search.ragged import Array, Ragged
from casework.search.sounds import SOUNDS
from casework.search.vocabulary import Vocabulary

VERSION = 4
_MANY = 1 << 16
_CODE = re.compile(rb"[A-Za-z0-9_.:/+-]{0,122}")
_ALLOWED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#: In UTF-8 a byte 10xxxxxx goes on with a letter.
_CONTINUES, _CONTINUED = 0xC0, 0x80


def to_bytes(pack: Pack) -> bytes:
    """Packed cards as bytes.

    Raises:
        ValueError: a day, an amount or a table is too large for its column.
    """
    out = Writer()
    out.array(np.array([len(pack), RULES]), "<u4")
    out.raw(pack.cases.tobytes())
    out.array(pack.stamps, "<u4")
    out.array(pack.days, "<u2")
    out.array(pack.money, "<i8")
    _write_coded(out, pack.codes)
    _write_coded(out, pack.people)
    _write_index(out, pack.index)
    return out.finish(VERSION)


def _write_coded(out: Writer, coded: Coded) -> None:
    codes = coded.table.dtype.kind == "S"
    out.raw(b"\n".join(coded.table.tolist()) if codes else coded.table.tobytes())
    out.array(coded.singles, _place(coded.table))
    for rows in coded.lists.values():
        out.ragged(rows, _place(coded.table))


def _place(table: Sized) -> str:
    """The type of places in a table: two bytes, unless a block of very long names needs four."""
    return "<u2" if len(table) < _MANY else "<u4"


def _write_index(out: Writer, index: Index) -> None:
    names = index.names
    out.raw(index.refs.tobytes())
    out.ragged(index.phones, "<u4")
    out.ragged(index.documents, "<u8")
    out.array(names.forms, "u1")
    out.ragged(names.text, "u1", "<u2")
    out.array(names.whole, "<u4")
    out.raw(names.vocabulary.text)
    out.array(names.vocabulary.abjad, "u1")
    out.ragged(names.parts, _place(names.vocabulary))


def from_bytes(data: bytes) -> Pack:
    """Packed cards from bytes, with any number of zeros after them.

    Raises:
        ValueError: they are not exactly what `to_bytes` writes.
    """
    source = Reader(data, VERSION)
    count, rules = (int(n) for n in source.array("<u4", 2))
    pack = Pack(
        cases=source.array(ID, count),
        stamps=source.array("<u4", count),
        days=source.array("<u2", count * len(DAYS)).reshape(len(DAYS), count),
        money=source.array("<i8", count * len(MONEY)).reshape(len(MONEY), count),
        codes=_read_coded(source, count, CODE, CODES, CODE_LISTS),
        people=_read_coded(source, count, ID, USERS, ("respondents",)),
        index=_read_index(source, count),
    )
    source.finish()
    _check(pack.number("opened") > 0, pack.number("changed") > 0)
    return pack if rules == RULES else _read_again(pack)


def _read_again(pack: Pack) -> Pack:
    """Cards whose names were read under other rules, read under the present ones."""
    names = [pack.index.names.names(row) for row in range(len(pack))]
    index = Index(NameIndex.of(names), pack.index.refs, pack.index.phones, pack.index.documents)
    return replace(pack, index=index)


def _read_coded(
    source: Reader, count: int, dtype: str, singles: Sequence[str], lists: Sequence[str]
) -> Coded:
    table = _read_codes(source) if dtype == CODE else source.array(dtype)
    places = source.array(_place(table), count * len(singles)).reshape(len(singles), count)
    rows = {name: source.ragged(_place(table), count) for name in lists}
    _check_places(len(table), places, *(row.flat for row in rows.values()))
    return Coded(table, tuple(singles), places, rows)


def _check_places(size: int, *places: Array) -> None:
    """Go on only if all places are in a table of this size."""
    if any(some.size and int(some.max()) >= size for some in places):
        raise Unreadable


def _read_codes(source: Reader) -> Array:
    codes = bytes(source.raw()).split(b"\n")
    if not all(_CODE.fullmatch(code) for code in codes):
        raise Unreadable
    return np.array(codes, CODE)


def _read_index(source: Reader, count: int) -> Index:
    refs = source.array("S8", count)
    phones = source.ragged("<u4", count)
    documents = source.ragged("<u8", count)
    if refs.tobytes().translate(None, _ALLOWED):
        raise Unreadable
    _check(_tails(phones, PHONE), _tails(documents, DOCUMENT))
    return Index(_read_names(source, count), refs, phones, documents)


def _read_names(source: Reader, count: int) -> NameIndex:
    forms = source.array("u1", count)
    total = int(forms.sum(dtype=np.int64))
    text = source.ragged("u1", total, "<u2")
    whole = source.array("<u4", total)
    vocabulary = _read_vocabulary(source)
    parts = source.ragged(_place(vocabulary), total)
    _check(forms > 0)
    _check_places(len(vocabulary), parts.flat)
    str(text.flat.data, "utf-8")
    # A form that began in the middle of a letter would not open when it is shown.
    _check(text.flat[text.starts[text.counts > 0]] & _CONTINUES != _CONTINUED)
    return NameIndex(forms, text, parts, whole, vocabulary)


def _read_vocabulary(source: Reader) -> Vocabulary:
    text = bytes(source.raw())
    abjad = source.array("u1", text.count(b"\n") + 1 if text else 0)
    framed = b"\n" + text.replace(b"/", b"\n") + b"\n"
    if text and (text.translate(None, SOUNDS + b"/\n") or b"\n\n" in framed):
        raise Unreadable
    _check(abjad <= 1)
    return Vocabulary(text, abjad)


def _tails(rows: Ragged, base: int) -> Array:
    """Which coded tails are some: a 1 and then one to six characters."""
    powers = np.array([base**length for length in range(1, TAIL + 1)], rows.flat.dtype)
    power = powers[np.searchsorted(powers, rows.flat, "right") - 1]
    some: Array = (rows.flat >= power) & (rows.flat < 2 * power)
    return some


def _check(*truths: Array) -> None:
    """Go on only if everything holds."""
    if not all(truth.all() for truth in truths):
        raise Unreadable
