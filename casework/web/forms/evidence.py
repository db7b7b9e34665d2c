"""Handing in evidence, and saying what it is."""

from typing import Self
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from casework.errors import Invalid
from casework.evidence.bodies import Description
from casework.evidence.saving import HERE, PERSON
from casework.evidence.service import LONGEST
from casework.web.forms import Form, Pairs, choices, coded

#: The file as it came, among what can be saved.
ORIGINAL = "original"


class Describe(Form):
    """What a piece of evidence is, and where."""

    what = SelectField(_("What is it?"), [InputRequired()])
    called = StringField(
        _("In a few words"),
        [Optional(), Length(max=LONGEST["called"])],
        description=_("So that you tell it from others: payslips of March to May."),
    )
    grade = RadioField(_("What is there of it?"), [InputRequired()])
    holder = SelectField(_("Who has the paper itself?"), [Optional()])
    place = StringField(
        _("Where is it safe?"),
        [Optional(), Length(max=LONGEST["place"])],
        description=_("A place that a search of the room would not find."),
    )
    note = TextAreaField(_("Anything else"), [Optional(), Length(max=LONGEST["note"])])

    def offer(self) -> None:
        """Fill the lists."""
        # "Nothing yet" as a whole line of the checklist would be a piece that is none.
        proofs = [(key, words) for key, words in coded("proofs") if key != "none"]
        self.what.choices = choices(proofs, "—")
        self.grade.choices = choices(coded("evidence_grades"))
        self.holder.choices = choices(coded("documents_held_by"), "—")

    def show(self, said: Description) -> None:
        """Stand as it was said before."""
        for name in ("what", "called", "grade", "holder", "place", "note"):
            self[name].data = getattr(said, name)

    @property
    def said(self) -> Description:
        """What was typed."""
        return Description(
            what=self.what.data or "",
            called=(self.called.data or "").strip(),
            grade=self.grade.data or "",
            holder=self.holder.data or "",
            place=(self.place.data or "").strip(),
            note=(self.note.data or "").strip(),
        )


class HandIn(Describe):
    """The same, with a file."""

    file = FileField(
        _("The file"),
        [Optional()],
        description=_("A picture, a PDF, a sound or plain text, up to 25 megabytes."),
    )
    line = HiddenField()

    def without_file(self) -> Self:
        """It goes back to whoever sent it. A browser forgets the chosen file by itself, so that is said."""
        if self.file.data and not self.file.errors:
            self.refuse(
                Invalid(
                    "Choose the file again: it was not kept, because something else needs another look.",
                    "file",
                )
            )
        return self

    @property
    def line_id(self) -> UUID | None:
        """The line of the ledger that it was handed in for, if it was."""
        try:
            return UUID(self.line.data or "")
        except ValueError:
            return None


class Save(Form):
    """Which file of a piece is saved, and for whom."""

    which = RadioField(
        _("Which file?"),
        [InputRequired()],
        description=_(
            "The original may say where, when and with what it was made. Give it away only where it must be proved."
        ),
    )
    recipient = RadioField(
        _("For whom is it?"),
        [InputRequired()],
        description=_("Only those to whom the person agreed, and whose agreement holds today."),
    )
    home_state = RadioField(
        _("If it goes to an authority: is it of the country that the person comes from?"),
        [Optional()],
        description=_("Not known counts as yes: then a second person has to release it first."),
    )

    def offer(self, recipients: Pairs, *, copied: bool, to_states: bool) -> None:
        """Fill the lists; nothing is chosen beforehand.

        Args:
            recipients: ids of agreements, and to whom they are.
            copied: whether there is a copy for looking at, beside the original.
            to_states: whether one of the recipients is an authority.
        """
        copy = [("copy", gettext("The copy for looking at"))] if copied else []
        self.which.choices = choices([*copy, (ORIGINAL, gettext("The original, as it came"))])
        ours = [
            (HERE, gettext("To work with it here: nobody outside gets it")),
            (PERSON, gettext("The person themselves")),
        ]
        self.recipient.choices = choices([*ours, *recipients])
        self.home_state.choices = choices(coded("answers"))
        if not to_states:
            del self.home_state

    @property
    def of_home_state(self) -> str:
        """What was said of the recipient's state; nothing said is not known."""
        return (self.home_state.data or "unknown") if "home_state" in self else "unknown"


class Redescribe(Describe):
    """Saying something else about a piece."""

    rev = HiddenField()
