"""Handing in evidence, and saying what it is."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from casework.evidence.bodies import Description
from casework.evidence.service import LONGEST
from casework.web.forms import Form, choices, coded


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

    @property
    def line_id(self) -> UUID | None:
        """The line of the ledger that it was handed in for, if it was."""
        try:
            return UUID(self.line.data or "")
        except ValueError:
            return None


class Redescribe(Describe):
    """Saying something else about a piece."""

    rev = HiddenField()
