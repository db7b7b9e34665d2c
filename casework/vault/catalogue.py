"""Every sealed column: where it is, whose key seals it, why, and how long it is kept.

A field's number is bound into its seals, so a column may be renamed but a number is never reused. To
add a field, append one line with the next number. Plain columns stand in `plain_columns`.
"""

from dataclasses import dataclass
from typing import Literal

from casework.vault.blob import Fmt

Scope = Literal["case", "desk", "network", "team", "user", "server"]


@dataclass(frozen=True, slots=True)
class SealedField:
    """One sealed column.

    Attributes:
        number: bound into every seal of it; for good.
        table, column: where it is stored now.
        scope: whose key seals it; "server" is what whoever has the server's secret can read.
        why: what it would give away.
        kept: until when.
        fmt: the first byte of what lies there.
    """

    number: int
    table: str
    column: str
    scope: Scope
    why: str
    kept: str
    fmt: Fmt = Fmt.FIELD

    @property
    def name(self) -> str:
        """Where it is: table.column."""
        return f"{self.table}.{self.column}"

    def require(self, *scopes: Scope) -> None:
        """Stop a field from being sealed under a key of another scope.

        Raises:
            ValueError: it belongs to another scope, which is a mistake in the program.
        """
        if self.scope not in scopes or self.fmt is not Fmt.FIELD:
            raise ValueError(f"{self.name} is not sealed here")


F = SealedField

_CASE = "until the case is erased"
_DESK = "until the desk is dissolved"
_USER = "until the account is closed"
_EPOCH = "until the next epoch"
_DRAFT = "72 hours, and to the end of that day"
_AUDIT = "as long as the audit of its desk"

FIELDS = (
    F(1, "slot", "blob", "user", "the root of a person", _USER, Fmt.SLOT),
    F(2, "user", "profile", "user", "private keys, authenticator secret, pins", _USER, Fmt.PROFILE),
    F(3, "case_section", "body", "case", "what is known about a person and a case", _CASE),
    F(4, "entry", "body", "case", "notes, calls, visits, events; their type too", _CASE),
    F(6, "consent", "body", "case", "purpose, words and circumstances of a consent", _CASE),
    F(7, "respondent", "body", "network", "employers, agencies, facilities by name", _DESK),
    F(8, "desk", "body", "desk", "name and settings of a desk", _DESK),
    F(9, "membership", "body", "desk", "what a member is called", "until the membership ends"),
    F(
        10,
        "invitation",
        "body",
        "desk",
        "who is invited, in the inviter's words",
        "until it is answered or ends",
    ),
    F(11, "audit_event", "blob", "desk", "what happened to whom, and when to the second", _AUDIT, Fmt.AUDIT),
    F(
        12,
        "segment",
        "blob",
        "desk",
        "names, phones and codes to search by",
        "until it is rewritten",
        Fmt.SEGMENT,
    ),
    F(13, "segment_manifest", "blob", "desk", "which segments are current", "until it is rewritten"),
    F(14, "case_wrap", "blob", "case", "the key of a case", _CASE, Fmt.CASE_WRAP),
    F(15, "case_link", "blob", "case", "older keys of a case", _CASE, Fmt.CASE_LINK),
    F(16, "restricted_wrap", "blob", "case", "the key of a restricted case", _CASE, Fmt.RESTRICTED),
    F(17, "desk_box", "blob", "desk", "the desk's secret, for one member", _EPOCH, Fmt.BOX),
    F(18, "desk_link", "blob", "desk", "older secrets of a desk", _DESK, Fmt.DESK_LINK),
    F(19, "desk_pair", "blob", "desk", "half of the desk's secret, for two coordinators", _EPOCH, Fmt.BOX),
    F(
        20,
        "case",
        "called",
        "case",
        "the name that a person goes by",
        "until the case is erased or an emergency lapses",
    ),
    F(
        21,
        "case",
        "statement",
        "case",
        "what the case's rows and plain columns were when it was saved",
        _CASE,
    ),
    F(25, "draft", "body", "user", "what somebody began to write", _DRAFT),
    F(26, "late_form", "box", "user", "what was sent after a session had ended", _DRAFT, Fmt.BOX),
    F(27, "saved_view", "body", "user", "filters of a list under a name", "until its owner deletes it"),
    F(33, "session", "body", "user", "on which device somebody is signed in", "until the session ends"),
    F(34, "desk_reopening", "blob", "desk", "half of a locked desk's secret", "ten minutes", Fmt.BOX),
    F(35, "kept", "body", "desk", "codes, sums and months of a closed case, for figures", _DESK),
    F(53, "attachment", "body", "case", "what a file is, who holds the paper, where it is safe", _CASE),
    F(54, "attachment", "keys", "case", "the keys of a file and of its viewing copy", _CASE),
    F(55, "departure", "body", "case", "what left, for whom, under which consent", _CASE),
    F(56, "departure", "keys", "case", "the key of the copy that is kept of it", _CASE),
    F(57, "paper_text", "body", "desk", "a desk's own words on its papers", _DESK),
    F(61, "erasure", "body", "desk", "which reference was erased, by whom and why", _DESK),
    F(29, "heads_up", "body", "case", "that a rule was overridden, and why", "until it was seen"),
    F(
        30,
        "legal_status",
        "body",
        "case",
        "boxes for those who are assigned: the immigration status that a legal step needs",
        "until its day, a year at most",
    ),
    F(31, "case_dates", "days", "desk", "on which days a case has dates, and how many", _CASE),
    F(
        32,
        "held_dates",
        "body",
        "case",
        "which rules and tasks, their working, who ended them and why",
        _CASE,
    ),
    F(
        41,
        "case_dates",
        "body",
        "desk",
        "the same in lines, for the lists of the desk; what clocks start from",
        _CASE,
    ),
    F(42, "rule_mark", "body", "desk", "what somebody says of a rule, in their words", _DESK, Fmt.BOX),
    F(74, "grant", "body", "case", "what an ally was given of a case, for the desk", _CASE),
    F(75, "grant", "box", "case", "the same with its keys, for the ally", "until the grant ends", Fmt.BOX),
    F(76, "grant", "seen", "case", "what the ally opened and took along, and when", _CASE),
    F(77, "grant_message", "body", "case", "what desk and ally say to each other, advice too", _CASE),
    F(78, "advice", "body", "user", "what an ally notes for themselves", _CASE),
    F(79, "conflict_list", "body", "desk", "whom an ally acts for or against, for the desk", _DESK, Fmt.BOX),
    F(80, "conflict_list", "own", "user", "the same, for the ally", _DESK),
    F(94, "packet", "body", "case", "what was referred to another desk, and on which agreement", _CASE),
    F(
        95,
        "arrival",
        "box",
        "desk",
        "what another desk refers, for the desk that it is for",
        "until it is accepted, declined, taken back, or over",
        Fmt.BOX,
    ),
    F(96, "arrival", "kept", "desk", "who opened a referral, what became of it, what was answered", _DESK),
    F(97, "partner_desk", "body", "desk", "which other desks are known here, by name", _DESK),
    F(194, "arrival", "reply", "desk", "what is answered to the desk that referred", _DESK, Fmt.BOX),
    F(
        44,
        "reminder",
        "body",
        "server",
        "the address somebody wants mail at, and at which hours",
        "until they end it",
    ),
    F(130, "desk_export", "body", "desk", "that all files are to leave: who asked, why, who agreed", _DESK),
    F(43, "shift_note", "body", "desk", "what one shift tells the next", "thirty days"),
    F(
        65,
        "service",
        "body",
        "desk",
        "which places a desk sends people to, and where people without papers are safe",
        _DESK,
    ),
    F(
        103,
        "signal_book",
        "body",
        "desk",
        "what comes up again and again at a desk, and what became of it",
        _DESK,
    ),
    F(
        104,
        "signal_told",
        "body",
        "network",
        "boxes for the other desks: who comes up here, in bands",
        "until it is told anew, a week",
    ),
    F(
        105,
        "signal_note",
        "body",
        "network",
        "boxes: what coordinators of two desks write to each other",
        _DESK,
    ),
    F(
        98,
        "trend_return",
        "body",
        "network",
        "what a desk's cases of a window were",
        "until the release",
        Fmt.RETURN,
    ),
    F(99, "trend_return", "boxes", "user", "its key, in halves for stewards", "until the release", Fmt.BOX),
    F(
        100,
        "trend_half",
        "blob",
        "user",
        "one steward's halves, for another steward",
        "until the release",
        Fmt.BOX,
    ),
    F(62, "case_group", "body", "desk", "who work or live together, and what was done to them", _DESK),
    F(
        113,
        "team",
        "body",
        "team",
        "a campaign: its demands, its risks, who speaks; or who stands together",
        _DESK,
    ),
    F(
        114,
        "team_box",
        "blob",
        "team",
        "the key of a team, for one of its members",
        "until its next key",
        Fmt.BOX,
    ),
    F(150, "organiser", "body", "network", "who meets people that want to organise", _DESK, Fmt.BOX),
    F(151, "organiser", "own", "user", "the same, for whoever wrote it", _DESK),
    F(
        152,
        "introduction",
        "body",
        "user",
        "who wants to organise, and how they are reached, for one organiser",
        "ninety days, or until it is settled or taken back",
        Fmt.BOX,
    ),
    F(
        153,
        "signal_shared",
        "body",
        "user",
        "what a desk lets one of the network's teams know of its signals",
        "until it is told anew, a week",
        Fmt.BOX,
    ),
    F(
        140,
        "story_copy",
        "body",
        "team",
        "somebody's own story, given to a campaign, and where it was used",
        "its words until they are taken back or the agreement ends",
    ),
    F(90, "passkey", "blob", "user", "the root of a person, under a passkey", _USER, Fmt.SLOT),
    F(91, "passkey", "body", "user", "the public key of a passkey, its device and day", _USER),
)

#: Numbers of fields that are gone. They stay taken.
RETIRED: frozenset[int] = frozenset({5, 39, 40})


def _by_name(fields: tuple[SealedField, ...], retired: frozenset[int]) -> dict[str, SealedField]:
    """The fields by name.

    Raises:
        ValueError: a number or a name is taken twice.
    """
    numbers = [field.number for field in fields] + sorted(retired)
    names = {field.name: field for field in fields}
    if len(set(numbers)) != len(numbers) or len(names) != len(fields):
        raise ValueError("a number or a column stands in the catalogue twice")
    return names


_NAMED = _by_name(FIELDS, RETIRED)


def field(name: str) -> SealedField:
    """The sealed field at table.column.

    Raises:
        KeyError: it is not in the catalogue.
    """
    return _NAMED[name]


def names() -> frozenset[str]:
    """Every sealed column as table.column."""
    return frozenset(_NAMED)
