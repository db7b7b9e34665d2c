"""Claims of several people in one schedule: which cases, and for whom."""

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from casework.cases.outside import Going
from casework.errors import Invalid
from casework.money import rule_files
from casework.web.forms import Form, choices, coded

#: Agreements that name somebody to whom claims may go.
_PURPOSES = ("legal_ally", "referral", "authority", "employer", "complaint", "litigation")
_LONGEST = 200


class Several(Form):
    """Which cases stand in the schedule, and to whom it goes, if to anybody."""

    refs = TextAreaField(
        _("References of the cases"),
        [InputRequired(), Length(max=1000)],
        description=_("One a line. Everybody in it has to have agreed to be linked with others."),
    )
    forum = SelectField(_("For which board or court?"), [Optional()])
    purpose = SelectField(_("To give it to somebody: what for?"), [Optional()])
    recipient = StringField(
        _("To whom"),
        [Optional(), Length(max=_LONGEST)],
        description=_("Written as it stands in the agreement of each of them."),
    )
    home_state = RadioField(
        _("If it goes to an authority: is it of the country that they come from?"), [Optional()]
    )

    def offer(self) -> None:
        """Fill the lists."""
        forums = rule_files.house().choose("forum")
        self.forum.choices = choices([(one.id, gettext(one.title)) for one in forums], "—")
        purposes = [(key, words) for key, words in coded("consent_purposes") if key in _PURPOSES]
        self.purpose.choices = choices(purposes, "—")
        self.home_state.choices = choices(coded("answers"))

    def says_for_whom(self) -> bool:
        """Whether it is said what a paper is for, and to whom it goes; what is missing is asked for at its question."""
        missing = [name for name in ("purpose", "recipient") if not (self[name].data or "").strip()]
        for name in missing:
            self.refuse(Invalid("Please answer this one.", name))
        return not missing

    @property
    def going(self) -> Going:
        """What goes, and to whom."""
        data = gettext("Reference of the case, and how much is claimed, documented, awarded and paid")
        recipient = (self.recipient.data or "").strip()
        return Going(self.purpose.data or "", recipient, data, self.home_state.data or "")

    @property
    def language(self) -> str:
        """The language of the page, in which it is printed."""
        return str(get_locale())
