"""Forms of referring to another desk, of what another desk refers, and of other desks' cards."""

from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from casework.cases.chosen import OFFERED
from casework.packets import accepting, arriving, desk_cards
from casework.packets.terms import LONGEST_WORDS
from casework.web.forms import Form, Pairs, choices, coded


class Refer(Form):
    """What goes to which desk, until when."""

    partner = SelectField(_("To which desk?"), [InputRequired(_("Choose to which desk."))])
    told = TextAreaField(
        _("What do you ask of them?"),
        [InputRequired(), Length(max=LONGEST_WORDS)],
        description=_("Why you refer them, and what is urgent."),
    )
    sections = SelectMultipleField(
        _("Parts of the case"),
        description=_(
            "The overview always goes along. The part with the names holds numbers too; the people around the person"
            " stay here, because they were not asked."
        ),
    )
    files = SelectMultipleField(_("Files"), description=_("They go as they came in."))
    ends_on = StringField(
        _("Until (the last day)"),
        [InputRequired(), Length(max=20)],
        description=_(
            "Year, month, day, as in 2026-12-31; thirty days at most. What nobody accepts by then is destroyed."
        ),
    )

    def offer(self, desks: Pairs, files: Pairs) -> None:
        """Fill the lists.

        Args:
            desks: id and name of the desks whose card was compared.
            files: id and words of the files of the case.
        """
        words = dict(coded("sections"))
        # No desk stands there before one was chosen: the first of a list would be sent to by a slip.
        self.partner.choices = choices(desks, "—") if desks else []
        self.sections.choices = choices([(key, words[key]) for key in OFFERED])
        self.files.choices = choices(files)


class Accept(Form):
    """Logging a case from a packet."""

    take = BooleanField(_("I work on it"))
    second = SelectField(
        _("Who else may see it?"),
        [Optional()],
        description=_("It was closed to all but named people there, and will be here."),
    )

    def offer(self, people: Pairs) -> None:
        """Fill the list of those who may be the second."""
        self.second.choices = choices(people, "—")


class Decline(Form):
    """Saying no, with a reason."""

    reason = TextAreaField(
        _("Why not?"),
        [InputRequired(), Length(max=arriving.LONGEST_REASON)],
        description=_("The other desk reads it. No names."),
    )

    def of(self, *, by_file: bool) -> Self:
        """For a packet; of one that was brought as a file nobody elsewhere reads the answer."""
        if by_file:
            self.reason.description = _("It stays here: tell the other desk yourself. No names.")
        return self


class Heard(Form):
    """What came of a referral."""

    outcome = RadioField(_("What came of it?"), [InputRequired()])
    note = TextAreaField(
        _("In words"),
        [Optional(), Length(max=accepting.LONGEST_NOTE)],
        description=_("No names."),
    )

    def offer(self) -> None:
        """Fill the list."""
        self.outcome.choices = choices(coded("referral_outcomes"))


class BringPacket(Form):
    """A packet as a file."""

    file = FileField(_("The file that they sent you"))


class BringCard(Form):
    """The card of another desk, as text or as a file."""

    card = TextAreaField(
        _("The letters of their card"),
        [Optional(), Length(max=2 * desk_cards.MOST_LETTERS)],
        description=_("Copied, or read from the QR code with a phone. They begin with CASEWORK-DESK."),
    )
    file = FileField(_("Or the file with it"))


class CompareCard(Form):
    """The code as it was heard."""

    digits = StringField(
        _("The code that they read to you"),
        [InputRequired(), Length(max=60)],
        description=_("Thirty digits. Call a number that you knew before, or sit beside them."),
    )
