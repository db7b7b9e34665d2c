"""Forms of signing in, joining, members and one's own account."""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from casework.access.desks import Caps
from casework.web.forms import Form, choices, coded

_ROLES = [
    ("volunteer", _("Volunteer: logs and works cases")),
    ("coordinator", _("Coordinator: also assigns, invites and decides what is shared")),
    ("ally", _("Legal ally: sees only files that are given to them")),
    ("campaign", _("Campaign team: sees anonymous trends, never a case")),
]


class SignIn(Form):
    """Three fields at once, so that an answer never says which one was wrong."""

    login = StringField(_("Sign-in name"), [InputRequired(), Length(max=80)])
    passphrase = PasswordField(_("Passphrase"), [InputRequired(), Length(max=600)])
    code = StringField(
        _("Code"),
        [InputRequired(), Length(max=20)],
        description=_("Six digits from your authenticator app"),
    )


class ChooseLogin(Form):
    """The first step of joining."""

    login = StringField(
        _("Sign-in name"),
        [InputRequired(), Length(min=3, max=40)],
        description=_("Nobody sees it but you. It need not be your name."),
    )


class Found(ChooseLogin):
    """The first step of the very first coordinator."""

    network = StringField(_("Name of the network"), [InputRequired(), Length(max=80)])
    desk = StringField(_("Name of your desk"), [InputRequired(), Length(max=80)])
    name = StringField(
        _("What your colleagues call you"),
        [InputRequired(), Length(max=80)],
    )


class ConfirmJoining(Form):
    """The second step: the newcomer signs in with what they were shown."""

    passphrase = StringField(
        _("Type the six words"),
        [InputRequired(), Length(max=600)],
        description=_("From your paper, not from the screen. Hyphens and capitals do not matter."),
    )
    code = StringField(_("Code from the authenticator app"), [InputRequired(), Length(max=20)])


class Invite(Form):
    """Inviting somebody to a desk."""

    name = StringField(_("What the desk calls them"), [InputRequired(), Length(max=80)])
    role = SelectField(_("What they will do here"))

    def only(self, roles: tuple[str, ...]) -> None:
        """Offer the roles that this desk admits."""
        self.role.choices = choices([pair for pair in _ROLES if pair[0] in roles])


class Admit(Form):
    """The half of the meeting code that the newcomer reads aloud."""

    digits = StringField(_("Type the 15 digits that they read to you"), [InputRequired(), Length(max=60)])


class LastDay(Form):
    """From which day on somebody has no access."""

    day = StringField(_("From this day on they have no access"), [Optional(), Length(max=20)])


class LetGo(Form):
    """Letting somebody go."""

    sure = BooleanField(_("I have read what they may keep"), [InputRequired()])


class LockDesk(Form):
    """The second step of locking a desk."""

    sure = BooleanField(_("Yes: sign everybody out and lock this desk"), [InputRequired()])


class TwoCards(Form):
    """Two of three recovery cards."""

    card1 = TextAreaField(_("One card"), [InputRequired(), Length(max=400)])
    card2 = TextAreaField(_("Another card"), [InputRequired(), Length(max=400)])


class Back(TwoCards):
    """Coming back with two cards: a new sign-in name beside them."""

    login = StringField(
        _("A new sign-in name"),
        [InputRequired(), Length(min=3, max=40)],
        description=_("Another one than before. Nobody sees it but you."),
    )


class TakePlace(Form):
    """Whose place somebody takes who came with two cards."""

    who = RadioField(_("Who were you here?"), [InputRequired()])


class ConfirmBack(ConfirmJoining):
    """The second step: the new keys are used once, and take the place of the old ones."""

    who = RadioField(_("Who were you here?"), [InputRequired()])


class LetStand(Form):
    """Why a list may stand without what is gone."""

    reason = StringField(
        _("Why may it stand as it is?"),
        [InputRequired(), Length(max=400)],
        description=_("In a few words, without names. It stays in the record."),
    )


class UsePasskey(Form):
    """What a browser sends for a passkey; a script fills it in."""

    answer = HiddenField(validators=[InputRequired(), Length(max=20_000)])
    prf = HiddenField(validators=[InputRequired(), Length(max=100)])


class AddPasskey(UsePasskey):
    """The same for a new one: an open screen alone is not enough."""

    present = PasswordField(_("Your present passphrase"), [InputRequired(), Length(max=600)])


class NewWords(Form):
    """Another passphrase."""

    present = PasswordField(_("Your present passphrase"), [InputRequired(), Length(max=600)])
    passphrase = StringField(
        _("Type the six new words"),
        [InputRequired(), Length(max=600)],
        description=_("From your paper, not from the screen. Hyphens and capitals do not matter."),
    )
    code = StringField(_("Code from the authenticator app"), [InputRequired(), Length(max=20)])


class NameDesk(Form):
    """What a desk is called, where its clock stands, how soon it answers."""

    name = StringField(_("Name of the desk"), [InputRequired(), Length(max=80)])
    zone = SelectField(_("Where its clock stands"))
    hours_emergency = IntegerField(_("Emergency: answered within how many hours"), [InputRequired()])
    hours_high = IntegerField(_("High risk: within how many hours"), [InputRequired()])
    hours_medium = IntegerField(_("Medium risk: within how many hours"), [InputRequired()])
    hours_low = IntegerField(_("Low risk: within how many hours"), [InputRequired()])
    cap_open = IntegerField(_("Open cases that one worker can carry"), [Optional()])
    cap_urgent = IntegerField(_("Of these, urgent ones"), [Optional()])
    care = TextAreaField(
        _("Whom can somebody here talk to after something hard?"),
        [Optional(), Length(max=400)],
        description=_("Shown after a hard entry. Nothing is kept of who saw it."),
    )
    rev = HiddenField()

    def offer(self) -> None:
        """Fill the list."""
        self.zone.choices = choices(coded("zones"))

    @property
    def hours(self) -> dict[str, int]:
        """Response times by risk."""
        return {name.removeprefix("hours_"): data for name, data in self.data.items() if "hours_" in name}

    @property
    def caps(self) -> Caps | None:
        """What one worker can carry; None where it was left out."""
        found = (self.cap_open.data, self.cap_urgent.data)
        return Caps(*found) if None not in found else None


class FoundDesk(Form):
    """Another desk of the network."""

    desk = StringField(_("Name of the new desk"), [InputRequired(), Length(max=80)])
    name = StringField(_("What your colleagues there call you"), [InputRequired(), Length(max=80)])


class SignOutEverywhere(Form):
    """Ending every session of one's own."""

    sure = BooleanField(_("Also here, on this device"), default=True)
