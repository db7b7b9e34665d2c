"""Forms around the plan of a case and the directory of services."""

from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from casework.plans.places import Place, Wanted
from casework.plans.referring import LONGEST_NOTE, Wish
from casework.web.forms import Form, choices, coded


class LookForPlace(Form):
    """What somebody looks for in the directory."""

    text = StringField(_("Name, city, or a word"), [Optional(), Length(max=80)])
    sort = SelectField(_("What does it do?"), [Optional()])
    country = SelectField(_("Country"), [Optional()])
    language = SelectField(_("Language"), [Optional()])
    undocumented = BooleanField(_("Only safe for people without papers"))
    free = BooleanField(_("Only what costs nothing"))

    def offer(self, places: list[Place]) -> None:
        """Fill the lists with what the directory holds: longer ones would find nothing."""
        told = [one.answers for one in places]
        self.sort.choices = self._among(
            "service_sorts", {key for one in told for key in one.get("sorts", ())}
        )
        self.country.choices = self._among("countries", {one.get("country") for one in told})
        self.language.choices = self._among(
            "languages", {key for one in told for key in one.get("languages", ())}
        )

    @staticmethod
    def _among(listed: str, used: set[str | None]) -> list[object]:
        return list(choices([pair for pair in coded(listed) if pair[0] in used], gettext("Any")))

    @property
    def wanted(self) -> Wanted:
        """The same for the directory."""
        return Wanted(
            self.text.data or "",
            self.sort.data or "",
            self.country.data or "",
            self.language.data or "",
            bool(self.undocumented.data),
            bool(self.free.data),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, to be kept."""
        return {name: str(field.data) for name, field in self._fields.items() if field.data}

    @property
    def words(self) -> list[str]:
        """What was chosen, in words."""
        found = [self.text.data or ""]
        for field in (self.sort, self.country, self.language):
            found += [str(one.label) for one in field.choices if one.value and one.value == field.data]
        found += [str(field.label.text) for field in (self.undocumented, self.free) if field.data]
        return [word for word in found if word]


class Refer(Form):
    """Where somebody is referred to, and what is told there."""

    service = SelectField(
        _("Where to"),
        [Optional()],
        description=_("From the directory. Marked ones have to be checked before you send somebody."),
    )
    to = StringField(
        _("Or another place, by name"),
        [Optional(), Length(max=200)],
        description=_("Written as it stands in their consent."),
    )
    told = TextAreaField(
        _("What are they told?"),
        [InputRequired(), Length(max=1000)],
        description=_("Only what the person agreed to: this is what cannot be taken back."),
    )
    home_state = RadioField(
        _("Is it an authority of the country they come from?"),
        [InputRequired()],
        description=_("Not known counts as yes."),
    )
    after = IntegerField(
        _("After how many days do you ask what came of it?"), [InputRequired(), NumberRange(1, 90)]
    )

    def offer(self, places: list[tuple[str, str]]) -> None:
        """Fill the list.

        Args:
            places: id and words of those of the directory.
        """
        self.service.choices = choices(places, gettext("Not in the directory"))
        self.home_state.choices = choices(coded("answers"))

    @property
    def wish(self) -> Wish:
        """The same for the plan."""
        chosen = UUID(self.service.data) if self.service.data else None
        return Wish(self.to.data or "", chosen, self.told.data, self.after.data, self.home_state.data)


class Outcome(Form):
    """What came of a referral."""

    outcome = RadioField(_("What came of it?"), [InputRequired()])
    note = StringField(
        _("In a few words"), [Optional(), Length(max=LONGEST_NOTE)], description=_("Leave names out.")
    )

    def offer(self) -> None:
        """Fill the list."""
        self.outcome.choices = choices(coded("referral_outcomes"))


class Retire(Form):
    """Whether people are sent to a place."""

    retired = HiddenField()
