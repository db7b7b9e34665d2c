"""What a list of cases shows and in which order: everything that a card carries."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from casework import clock, codes
from casework.cases import kinds, profile
from casework.cases.fields import Field
from casework.search.listing import Filters, Sort
from casework.web.forms import Form, asked, choices, coded
from casework.web.forms.select import SelectField

_NOBODY = "nobody"
_SINCE = [
    ("7", _("the last 7 days")),
    ("30", _("the last 30 days")),
    ("90", _("the last 90 days")),
    ("365", _("the last year")),
]
_SORTS = [
    ("changed", _("Changed last")),
    ("risk", _("Most urgent")),
    ("due", _("Next date first")),
    ("opened", _("Newest")),
    ("oldest", _("Oldest")),
    ("called", _("By name")),
    ("kind", _("By kind")),
    ("status", _("By where it stands")),
    ("primary", _("By worker")),
    ("languages", _("By language")),
    ("claimed", _("Most money")),
    ("documented", _("Most with papers")),
    ("awarded", _("Most awarded")),
    ("paid", _("Most paid")),
    ("host", _("By where the person is")),
    ("home", _("By where they come from")),
    ("sector", _("By sector of work")),
    ("outcome", _("By how it ended")),
    ("ref", _("By reference")),
]
_DUE = [
    ("late", _("already past")),
    ("0", _("today")),
    ("7", _("within 7 days")),
    ("30", _("within 30 days")),
]
_REACHED = [
    ("claimed", _("Something is claimed")),
    ("unpaid", _("Claimed, and nothing paid yet")),
    ("awarded", _("Something was awarded")),
    ("short", _("Awarded, and not all paid")),
    ("paid", _("Something was paid")),
]
_FLAGS = [
    ("exception", _("Kept because of danger")),
    ("danger", _("Emergency now")),
    ("unsafe", _("Not safe now")),
    ("removed", _("Name was removed")),
]


_TERMS = ("organise", *profile.QUESTIONS)


class ListForm(Form):
    """Filters and the order; nothing chosen shows everything."""

    sort = SelectField(_("Order"), choices=choices(_SORTS), default="changed")
    kind = SelectField(_("Kind"))
    risk = SelectField(_("How urgent"))
    status = SelectField(_("Where it stands"))
    worker = SelectField(_("Worker"))
    host = SelectField(_("Where the person is"))
    home = SelectField(_("Where they come from"))
    language = SelectField(_("Language"))
    sector = SelectField(_("Sector of work"))
    outcome = SelectField(_("How it ended"))
    flag = SelectField(_("Sign"))
    respondent = SelectField(_("Who is answerable"))
    money = SelectField(_("How far the money came"))
    currency = SelectField(_("Currency"))
    opened = SelectField(_("Opened in"))
    changed = SelectField(_("Changed in"))
    due = SelectField(_("Next date"))
    organise = SelectField(_("Wants to organise"))
    groups = SelectField(_("How they describe themselves"))
    employment = SelectField(_("How they are employed"))
    left_because = SelectField(_("Why they left"))
    abuses = SelectField(_("What else was done to them"))
    #: Questions of the chosen kind, by the names of their fields: see `forms/asked.py`.
    of_kind: ClassVar[Mapping[str, Field]] = {}

    def offer(
        self,
        people: list[tuple[str, str]],
        respondents: list[tuple[str, str]],
        doubles: Mapping[str, frozenset[UUID]],
    ) -> None:
        """Fill the lists.

        Args:
            people: id and name of the desk's workers.
            respondents: id and name of the register, without doubles.
            doubles: by id, the entries that are the same one; a case may name any of them.
        """
        self.doubles = doubles
        any_ = gettext("any")
        lists = {
            "kind": [(kind.key, gettext(kind.title)) for kind in kinds.all()],
            "risk": coded("risk"),
            "status": [("open", gettext("Not closed")), *coded("statuses")],
            "worker": [(_NOBODY, gettext("Nobody yet")), *people],
            "host": coded("countries"),
            "home": coded("countries"),
            "language": coded("languages"),
            "sector": coded("sectors"),
            "outcome": coded("closing_reasons"),
            "flag": _FLAGS,
            "respondent": respondents,
            "money": _REACHED,
            "currency": coded("currencies"),
            "opened": _SINCE,
            "changed": _SINCE,
            "due": _DUE,
            "organise": [("yes", gettext("Wants to organise"))],
            "groups": coded("profile_groups"),
            "employment": coded("employment_forms"),
            "left_because": coded("left_because"),
            "abuses": coded("abuses"),
        }
        lists |= {name: asked.offered(field) for name, field in self.of_kind.items()}
        for name, pairs in lists.items():
            self[name].choices = choices(pairs, any_)

    @property
    def fields(self) -> list[SelectField]:
        """What the list itself asks."""
        return [field for field in self if field.name not in {*_TERMS, *self.of_kind}]

    @property
    def terms(self) -> list[SelectField]:
        """What people say of themselves; it has a page of its own, so that the list stays light."""
        return [field for field in self if field.name in _TERMS]

    @property
    def asked(self) -> list[SelectField]:
        """What the chosen kind asks; a page of its own too."""
        return [field for field in self if field.name in self.of_kind]

    def carried(self, fields: list[SelectField]) -> list[tuple[str, str]]:
        """What was chosen elsewhere than in these fields: name and value, to travel along unseen."""
        asked = {field.name for field in fields}
        return [(name, value) for name, value in self.chosen.items() if name not in asked]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, to be kept for this session; unknown choices are left out."""
        return {f.name: f.data for f in self if f.data not in ("", f.default) and f.data in _words(f)}

    @property
    def words(self) -> list[str]:
        """What was chosen, in words."""
        return [str(_words(self[name])[code]) for name, code in self.chosen.items() if name != "sort"]

    def filters(self) -> Filters:
        """As the search room takes them."""
        some = self.chosen
        return Filters(
            kinds=_one(some, "kind"),
            risks=_one(some, "risk"),
            # What is urgent is looked for among what is open.
            statuses=_statuses(some.get("status") or ("open" if some.get("sort") == "risk" else None)),
            homes=_one(some, "home"),
            hosts=_one(some, "host"),
            sectors=_one(some, "sector"),
            outcomes=_one(some, "outcome"),
            languages=_one(some, "language"),
            flags=_one(some, "flag"),
            users=frozenset({UUID(some["worker"])})
            if some.get("worker", _NOBODY) != _NOBODY
            else frozenset(),
            respondents=self.doubles[some["respondent"]] if "respondent" in some else frozenset(),
            unassigned=some.get("worker") == _NOBODY,
            reached=some.get("money", ""),
            currency=some.get("currency", ""),
            opened=(_since(some.get("opened")), None),
            changed=(_since(some.get("changed")), None),
            due=_until(some.get("due")),
            profile=frozenset(profile.code(name, some[name]) for name in profile.QUESTIONS if name in some),
            organise="organise" in some,
            **asked.filters(self.of_kind, some),
        )

    def order(self) -> Sort:
        """As the search room takes it."""
        key = self.chosen.get("sort", "changed")
        orders = {
            "risk": _keys("risk"),
            "status": _keys("statuses"),
            "kind": tuple(k.key for k in kinds.all()),
            # By their words in the reader's language, as the filters have them.
            "host": _read("countries"),
            "home": _read("countries"),
            "sector": _read("sectors"),
            "outcome": _read("closing_reasons"),
            "languages": _read("languages"),
        }
        if key == "oldest":
            return Sort("opened", descending=False)
        return Sort(
            key,
            descending=key in {"changed", "opened", "claimed", "documented", "awarded", "paid"},
            order=orders.get(key, ()),
            people=tuple(UUID(choice.value) for choice in self.worker.choices if _is_person(choice.value)),
        )


def list_form(kind: str) -> type[ListForm]:
    """The form of the list, with what the chosen kind asks.

    Args:
        kind: its key; empty or unknown: none of these questions.
    """
    of_kind = asked.questions(kind)
    fields = {name: SelectField(gettext(field.label)) for name, field in of_kind.items()}
    return type("ListFormOfKind", (ListForm,), {**fields, "of_kind": of_kind})


def _words(field: SelectField) -> dict[str, str]:
    return {choice.value: choice.label for choice in field.choices}


def _one(some: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset({some[name]}) if name in some else frozenset()


def _statuses(chosen: str | None) -> frozenset[str]:
    if chosen == "open":
        return frozenset(_keys("statuses")) - {"closed"}
    return frozenset({chosen}) if chosen else frozenset()


def _is_person(value: str) -> bool:
    return value not in ("", _NOBODY)


def _until(days: str | None) -> tuple[date | None, date | None]:
    """From today on, or all that is past."""
    if days is None:
        return None, None
    today = clock.today()
    return (None, today - timedelta(days=1)) if days == "late" else (today, today + timedelta(days=int(days)))


def _since(days: str | None) -> Any:
    return clock.today() - timedelta(days=int(days)) if days else None


def _keys(listed: str) -> tuple[str, ...]:
    return tuple(code.key for code in codes.load(listed))


def _read(listed: str) -> tuple[str, ...]:
    return tuple(code for code, _words in coded(listed))
