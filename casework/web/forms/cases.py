"""Forms around a case: who works on it, how it ends, who is answerable; filters of the list."""

from uuid import UUID, uuid4

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from casework import codes
from casework.cases.ending import LONGEST, Ending
from casework.cases.settling import Standing
from casework.errors import Invalid
from casework.web.forms import Form, choices, coded
from casework.web.versions import KEEP

#: What two people may have settled at once, as the choice between both versions calls it.
PAIR, STATUS = "pair", "status"


class Why(Form):
    """Why somebody opens a case that is not theirs."""

    why = RadioField(_("Why do you open it?"), [InputRequired()])

    def offer(self) -> None:
        """Fill the list."""
        self.why.choices = choices(coded("opening_reasons"))


class WhoSees(Form):
    """Who can see a case."""

    who = RadioField(_("Who can see this case?"), [InputRequired()])
    named = SelectMultipleField(_("Only these"))
    seen = HiddenField()

    def offer(self, people: list[tuple[str, str]]) -> None:
        """Fill the lists.

        Args:
            people: id and name of whom it may be restricted to.
        """
        self.who.choices = choices(
            [
                ("all", gettext("Everybody who works at this desk")),
                ("named", gettext("Only those named below")),
            ]
        )
        self.named.choices = choices(people)

    @property
    def wish(self) -> frozenset[UUID] | None:
        """Who is to see it."""
        return None if self.who.data == "all" else frozenset(UUID(one) for one in self.named.data or ())

    @property
    def before(self) -> frozenset[UUID] | None:
        """Who saw it when the page was made; a broken one is nobody."""
        if self.seen.data == "all":
            return None
        return frozenset(one for part in (self.seen.data or "").split() if (one := _id(part)))

    @staticmethod
    def written(named: frozenset[UUID] | None) -> str:
        """What was seen, as the page carries it."""
        return "all" if named is None else " ".join(sorted(str(one) for one in named))


class Assign(Form):
    """Who works on a case, who stands in, and where it stands."""

    primary = SelectField(_("Worker"), [Optional()])
    backup = SelectField(
        _("Stand-in"), [Optional()], description=_("Knows the case and takes over when the worker is away.")
    )
    status = SelectField(_("Where it stands"))
    seen = HiddenField()

    def offer(self, people: list[tuple[str, str]], statuses: list[tuple[str, str]]) -> None:
        """Fill the lists.

        Args:
            people: id and name of those who can work on it.
            statuses: the present status, and those that may follow.
        """
        self.primary.choices = self.backup.choices = choices(people, gettext("Nobody yet"))
        self.status.choices = choices(statuses)

    @property
    def wish(self) -> Standing:
        """How it is to be; where theirs was chosen of two versions, it is left as it was seen."""
        pair = self.before.pair if _theirs(PAIR) else (_id(self.primary.data), _id(self.backup.data))
        return Standing(pair, self.before.status if _theirs(STATUS) else self.status.data)

    @property
    def before(self) -> Standing:
        """What the sender had seen; a broken one is nothing that ever stood there."""
        parts = (self.seen.data or "").split("|")
        if len(parts) != 3:  # noqa: PLR2004 - worker, stand-in, status
            return Standing((None, None), "")
        return Standing((_id(parts[0]), _id(parts[1])), parts[2])

    def carry(self, mine: Standing, theirs: Standing) -> None:
        """Be sent again with the choice between both versions: mine in the fields, theirs as what was seen."""
        self.primary.data, self.backup.data = (str(one or "") for one in mine.pair)
        self.status.data, self.seen.data = mine.status, self.written(theirs)

    @staticmethod
    def written(standing: Standing) -> str:
        """What was seen, as the page carries it."""
        return "|".join([*(str(one or "") for one in standing.pair), standing.status])


class Close(Form):
    """How a case ends."""

    reason = RadioField(_("Why is it closed?"), [InputRequired()])
    person_told = RadioField(_("Was the person told?"), [InputRequired()])
    told_on = DateField(_("On which day?"), [Optional()])
    told_how = StringField(
        _("How?"), [Optional(), Length(max=LONGEST)], description=_("By a way that is safe for them.")
    )
    not_told_why = StringField(_("If they were not told: why?"), [Optional(), Length(max=LONGEST)])
    copy_offered = RadioField(_("Was a copy of their file offered?"), [InputRequired()])
    referrer_told = RadioField(_("Do those who sent the person to us know how it ended?"), [InputRequired()])
    accepted_by = StringField(
        _("Who took the case on?"),
        [Optional(), Length(max=LONGEST)],
        description=_("The organisation, not the name of somebody who works there."),
    )
    accepted_on = DateField(_("On which day did they accept it?"), [Optional()])
    dates_done = StringField(
        _("What was done about the dates that still run?"),
        [Optional(), Length(max=LONGEST)],
        description=_(
            "It stands with each of them as done. Where one does not count, strike it out instead."
        ),
    )
    hand_over = BooleanField(_("The dates that still run are theirs from now on"))
    ask_on = DateField(_("On which day does somebody ask how they are?"), [Optional()])
    seen = HiddenField()

    def offer(self) -> None:
        """Fill the lists."""
        self.reason.choices = choices(coded("closing_reasons"))
        self.person_told.choices = self.copy_offered.choices = choices(coded("answers"))
        self.referrer_told.choices = choices(coded("referrer_told"))

    @property
    def ending(self) -> Ending:
        """What was chosen."""
        return Ending(
            reason=self.reason.data,
            person_told=self.person_told.data,
            copy_offered=self.copy_offered.data,
            told_on=self.told_on.data,
            told_how=_words(self.told_how.data),
            not_told_why=_words(self.not_told_why.data),
            referrer_told=self.referrer_told.data,
            accepted_by=_words(self.accepted_by.data),
            accepted_on=self.accepted_on.data,
            dates_done=_words(self.dates_done.data),
            hand_over=self.hand_over.data,
            ask_on=self.ask_on.data,
        )


class Erase(Form):
    """Erasing a case for good."""

    reason = RadioField(_("Why is it erased?"), [InputRequired()])
    ref_again = StringField(
        _("Type the reference of this case"),
        [InputRequired(), Length(max=20)],
        description=_("So that no other case goes by mistake."),
    )
    form_token = HiddenField()

    def offer(self) -> None:
        """Fill the list."""
        self.reason.choices = choices(coded("erasure_reasons"))


class Mend(Form):
    """Letting a damaged case stand as it is."""

    reason = TextAreaField(
        _("Why may it stand as it is?"),
        [InputRequired(), Length(max=400)],
        description=_("Leave names out; it stands in the record."),
    )
    ref_again = StringField(
        _("Type the reference of this case"),
        [InputRequired(), Length(max=20)],
        description=_("So that no other case goes by mistake."),
    )


class Reopen(Form):
    """Taking a case up again."""

    motive = TextAreaField(
        _("Why is it opened again?"),
        [InputRequired(), Length(max=400)],
        description=_("Leave names out; it stands in the record."),
    )
    to = SelectField(_("Where it goes on"), [InputRequired()])

    def offer(self, statuses: list[tuple[str, str]]) -> None:
        """Fill the list."""
        self.to.choices = choices(statuses)


class NameRespondent(Form):
    """Naming somebody of the register in a case, or entering them."""

    respondent = SelectField(_("In the list already"), [Optional()])
    name = StringField(_("Or a new name"), [Optional(), Length(max=200)])
    kind = SelectField(_("What they are"), [Optional()])
    country = SelectField(_("Country"), [Optional()])
    role = SelectField(_("What they did in this case"), [InputRequired()])
    token = HiddenField()

    def offer(self, known: list[tuple[str, str]]) -> None:
        """Fill the lists.

        Args:
            known: id and name of everybody in the register.
        """
        self.respondent.choices = choices(known, "—")
        self.kind.choices = choices(coded("respondent_kinds"), "—")
        self.country.choices = choices(coded("countries"), "—")
        # Nothing is chosen beforehand: a role that nobody said would stand in the case.
        self.role.choices = choices(coded("respondent_roles"), "—")
        self.token.data = self.token.data or str(uuid4())


class Look(Form):
    """Words to look for."""

    query = StringField(_("Look for"), [InputRequired(), Length(max=200)])


def _theirs(part: str) -> bool:
    """Whether the other person's version of a part was chosen."""
    return request.form.get(f"{KEEP}{part}") == "theirs"


def _id(text: str | None) -> UUID | None:
    """The id that a form sent.

    Raises:
        Invalid: it is none.
    """
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("Please choose from the list.") from None


def kinds_of_entry() -> list[tuple[str, str]]:
    """What an entry can be; those that a press of its own makes are left out."""
    listed = [code for code in codes.load("entry_types") if not code.facts.get("by_itself")]
    return [(code.key, gettext(code.label)) for code in listed]


def _words(text: str | None) -> str:
    """On one line; nothing where nothing was typed."""
    return " ".join((text or "").split())
