"""Questions that come from data files, as a page asks them: labels translated, choices named, answers kept.

The template `pieces/questions.html` shows what is built here. Nothing typed is ever lost: a form that
comes back wrong is built from what was typed, not from what could be read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from babel.dates import format_date
from flask import request
from flask_babel import get_locale, gettext

from casework import codes
from casework.cases import kinds, values
from casework.cases.fields import Field, Type
from casework.cases.values import Input, Texts, Voice
from casework.cases.values.numbers import spoken as spoken_number
from casework.errors import Invalid, Label
from casework.web import languages

#: Words beside a choice that need more than their label.
Choice = tuple[str, str, bool, dict[str, str]]

_DECIMALS: Final = 9


@dataclass(frozen=True)
class Box:
    """One input.

    Attributes:
        name: as it comes back.
        kind: as `values.Input` says.
        label: its own words, where the question has several inputs.
        value: what stands in it.
        choices: value, words, chosen, and what to add.
        focus: whether the page comes back to it: the first input of a row that was just added.
    """

    name: str
    kind: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()
    focus: bool = False


@dataclass(frozen=True)
class Around:
    """What a page knows beside its questions.

    Attributes:
        step: of the list `steps`, as far as the case has come; what is asked later can wait. Empty: nothing waits.
        pieces: files of the case to choose from, id and name.
        zone: that is chosen already where a time is asked for: of the place of the case; empty where nobody
            knows which; None for the zone of the desk.
    """

    step: str = ""
    pieces: tuple[tuple[str, str], ...] = ()
    zone: str | None = None


@dataclass(frozen=True)
class Item:
    """One item of a list that is answered item by item.

    Attributes:
        answer: its input.
        help: why it is asked, in the reader's language.
        beside: what else is asked of it.
    """

    answer: Box
    help: str
    beside: list["Question"]


@dataclass(frozen=True)
class Question:
    """One question, or a group of questions with its rows.

    Attributes:
        name: of its inputs, or what their names begin with.
        label, help: in the reader's language.
        required, folded: whether it must be answered, and can wait.
        fold: heading of the fold that it stands in with its neighbours, or empty.
        error: what is wrong, in words.
        inputs: of a single question.
        rows: of a group: for each row its questions.
        listed: of a list that is answered item by item, where more is asked of each.
    """

    name: str
    label: str
    help: str
    required: bool
    folded: bool
    error: str
    inputs: tuple[Box, ...] = ()
    rows: list[list["Question"]] | None = None
    fold: str = ""
    listed: tuple[Item, ...] = ()

    @property
    def filled(self) -> bool:
        """Whether something stands here already; a zone does not count, forms come with one."""
        own = any(box.value for box in self.inputs if box.kind != "zone")
        of_items = any(item.answer.value or any(q.filled for q in item.beside) for item in self.listed)
        return own or of_items or any(question.filled for row in self.rows or () for question in row)

    @property
    def wrong(self) -> list["Question"]:
        """What is wrong here, the questions in its rows too: a summary that leaves one out misleads."""
        inner = [question for row in self.rows or () for question in row]
        inner += [question for item in self.listed for question in item.beside]
        return [*([self] if self.error else ()), *(one for question in inner for one in question.wrong)]


def typed_texts() -> Texts:
    """Everything that was typed into the form of this request."""
    return dict(request.form.to_dict(flat=False).items())


def voice() -> Voice:
    """The language of this page."""
    return Voice(get_locale(), lambda text: str(gettext(text)))


def sentence(problem: Invalid) -> str:
    """What is wrong, in the reader's language."""
    return str(gettext(problem.message, **{key: _param(one) for key, one in problem.params.items()}))


def _param(value: object) -> object:
    """What stands in a complaint, as a reader of this language writes it."""
    match value:
        case Label():
            return gettext(value)
        case Decimal():
            return spoken_number(value, get_locale(), 0, _DECIMALS)
        case date():
            return format_date(value, "d MMM y", locale=get_locale())
        case _:
            return value


def general(problems: Mapping[str, Invalid]) -> list[str]:
    """What is wrong and belongs to no question, in the reader's language."""
    return [sentence(problem) for name, problem in problems.items() if not name]


def spoken(field: Field, value: Any) -> str:
    """A stored answer in the reader's language."""
    return values.show(field, value, get_locale(), voice().gettext)


#: An answer in words; of a group its rows, each with the questions that were answered in it.
Said = str | list[list[tuple[str, Any]]]


def said(field: Field, value: Any) -> Said:
    """A stored answer in the reader's language, rows apart: joined, a number would run with the words around it."""
    if field.type is Type.GROUP:
        return [say(field.fields, row) for row in value or ()]
    if field.type is Type.ANSWERS and field.fields:
        return [_said_of_item(field, item, stored) for item, stored in (value or {}).items()]
    return spoken(field, value)


def _said_of_item(field: Field, item: str, stored: Any) -> list[tuple[str, Said]]:
    """An item with its answer, then what was said beside it."""
    answer = values.answer_of(stored)
    label = values.label(kinds.code_list(field.codes), item, voice())
    said_first = values.label(kinds.code_list(field.answers), answer, voice()) if answer else "—"
    return [(label, said_first), *say(field.fields, values.beside(stored))]


def say(fields: Iterable[Field], stored: Mapping[str, Any]) -> list[tuple[str, Said]]:
    """Questions that were answered, with their answers in words."""
    found = [(str(gettext(field.label)), said(field, stored.get(field.key))) for field in fields]
    return [(label, answer) for label, answer in found if answer]


def ask(
    fields: Iterable[Field],
    stored: Mapping[str, Any] | None = None,
    typed: Texts | None = None,
    problems: Mapping[str, Invalid] | None = None,
    prefix: str = "",
    around: Around | None = None,
) -> list[Question]:
    """Questions with what they start from.

    Args:
        fields: in order.
        stored: answers by key, for an edit form.
        typed: the form as it was sent, when it comes back wrong; it wins over what is stored.
        problems: by the names of the inputs, as `values.read` gives them.
        prefix: what the form puts before each key.
        around: what the page knows beside its questions.
    """
    around = around or Around()
    every = [(field, Given(_texts(field, stored, typed, prefix), problems or {}, around)) for field in fields]
    return [question for field, given in every for question in _asked((field,), given, prefix)]


def _texts(field: Field, stored: Mapping[str, Any] | None, typed: Texts | None, prefix: str) -> Texts:
    if typed is not None:
        return typed
    return values.fill(field, (stored or {}).get(field.key), prefix, get_locale())


class Given(NamedTuple):
    """What questions start from.

    Attributes:
        texts: of all inputs.
        problems: by the names of the inputs.
        around: what the page knows beside them.
    """

    texts: Texts
    problems: Mapping[str, Invalid]
    around: Around


def _question(field: Field, given: Given, prefix: str) -> Question:
    name, group = f"{prefix}{field.key}", field.type is Type.GROUP
    each = field.type is Type.ANSWERS and bool(field.fields)
    alone = not (group or each)
    return Question(
        name=name,
        label=str(gettext(field.label)),
        help=str(gettext(field.help)) if field.help else "",
        required=field.required,
        folded=field.folded or _later(field.step, given.around.step),
        error=_error(name, given.problems, own=not alone),
        inputs=tuple(_box(one, given, field) for one in values.inputs(field, prefix)) if alone else (),
        rows=_rows(field, name, given) if group else None,
        fold=str(gettext(field.part)) if field.part else "",
        listed=tuple(_items(field, name, given)) if each else (),
    )


def _asked(fields: Iterable[Field], given: Given, prefix: str) -> list[Question]:
    """Questions side by side; which file it is, is asked where there is one."""
    return [
        _question(field, given, prefix)
        for field in fields
        if field.type is not Type.PIECE or given.around.pieces or given.texts.get(f"{prefix}{field.key}")
    ]


def _later(step: str, now: str) -> bool:
    """Whether a step is still to come; where the page knows of no step, none is."""
    steps = codes.load("steps")
    return bool(now) and steps.order(step) > steps.order(now)


def _items(field: Field, name: str, given: Given) -> Iterator[Item]:
    for code in kinds.code_list(field.codes):
        prefix = values.item_prefix(name, code.key)
        answer = Input(prefix.removesuffix("-"), "one", code.label, field.answers)
        beside = _asked(field.fields, given, prefix)
        yield Item(_box(answer, given, field), str(gettext(code.help)) if code.help else "", beside)


def _rows(field: Field, name: str, given: Given) -> list[list[Question]]:
    """The rows that are there; an empty one where there is none."""
    numbers = values.row_numbers(given.texts, name) or [0]
    rows = [_asked(field.fields, given, values.row_prefix(name, number)) for number in numbers]
    if request.form.get("add") == name:
        rows[-1][0] = _come_back_to(rows[-1][0])
    return rows


def _come_back_to(question: Question) -> Question:
    """The page comes back to a new row, not to its top; with no script, a browser does it by itself."""
    first, *others = question.inputs
    return replace(question, inputs=(replace(first, focus=True), *others))


def _error(name: str, problems: Mapping[str, Invalid], *, own: bool) -> str:
    """What is wrong with this question; a group speaks for itself only, its rows for themselves."""
    return " ".join(
        sentence(problem)
        for key, problem in problems.items()
        if key == name or (not own and key.startswith(f"{name}-"))
    )


def _box(one: Input, given: Given, field: Field) -> Box:
    found = given.texts.get(one.name, "")
    chosen = [found] if isinstance(found, str) else list(found)
    label = str(gettext(one.label)) if one.label else ""
    value = chosen[0] if chosen else ""
    if one.kind == "piece":
        return Box(one.name, "pick", label, value, _pieces(value, given.around.pieces))
    if one.kind == "zone" and one.name not in given.texts:
        here = given.around.zone
        chosen = [value := languages.zone() if here is None else here]
    return Box(one.name, one.kind, label or _unit(field), value, _choices(one, chosen, field))


def _pieces(value: str, known: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    """The files of the case; one that was taken out meanwhile stays chosen until somebody changes it."""
    gone = () if not value or value in dict(known) else ((value, str(gettext("A file that is gone"))),)
    return tuple((key, name, key == value, {}) for key, name in (*known, *gone))


def _unit(field: Field) -> str:
    return str(gettext(field.unit)) if field.unit else ""


def _choices(one: Input, chosen: list[str], field: Field) -> tuple[Choice, ...]:
    if one.kind == "month":
        return tuple((str(m), _month(m), str(m) in chosen, {}) for m in range(1, 13))
    if not one.codes:
        return ()
    listed = kinds.code_list(one.codes)
    pairs = values.named_choices(listed, voice())
    if field.units and one.name.endswith("-unit"):
        pairs = [pair for pair in pairs if pair[0] in field.units]
    return tuple((key, label, key in chosen, _more(listed.codes[key].help)) for key, label in pairs)


def _more(text: str) -> dict[str, str]:
    return {"help": str(gettext(text))} if text else {}


def _month(number: int) -> str:
    return str(format_date(date(2000, number, 1), "LLLL", locale=get_locale()))
