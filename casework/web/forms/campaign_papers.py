"""Papers of a campaign: for whom, in which language, what they tell."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional

from casework.web.forms import Form, Pairs, choices

_LONGEST = 160


class MakePaper(Form):
    """One paper."""

    recipient = StringField(
        _("For whom is it?"),
        [InputRequired(), Length(max=_LONGEST)],
        description=_("It stands across every page, and is written down."),
    )
    parts = SelectMultipleField(_("What may it tell?"), [Optional()])
    language = SelectField(_("In which language?"), [InputRequired()])

    def offer(self, parts: Pairs, languages: Pairs) -> None:
        """Fill the lists; nothing is chosen beforehand.

        Args:
            parts: what it can tell.
            languages: that papers are written in.
        """
        self.parts.choices = choices(parts)
        self.language.choices = choices(languages)
        if not parts:
            del self.parts

    @property
    def chosen(self) -> frozenset[str]:
        """What it may tell."""
        return frozenset(self.parts.data or ()) if "parts" in self else frozenset()


class Publish(Form):
    """The public page, for somewhere else."""

    recipient = StringField(
        _("Where is it going to be published?"),
        [InputRequired(), Length(max=_LONGEST)],
        description=_("It is written down, so that somebody can have it taken down."),
    )
    seen = HiddenField()
