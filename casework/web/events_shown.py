"""Events of the audit in words."""

from uuid import UUID

from flask import g
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from casework import codes
from casework.access import recovery
from casework.audit.events import Event
from casework.audit.service import Seen
from casework.web.cases_shown import moment, workers

_WORDS = {
    Event.DESK_FOUNDED: _("founded the desk"),
    Event.DESK_NAMED: _("named the desk"),
    Event.MEMBER_INVITED: _("invited somebody"),
    Event.MEMBER_ADMITTED: _("admitted somebody"),
    Event.MEMBER_REMOVED: _("let somebody go"),
    Event.LAST_DAY_SET: _("set the day on which somebody's access ends"),
    Event.KEYS_RENEWED: _("finished renewing the desk's keys"),
    Event.CARDS_MADE: _("made new recovery cards"),
    Event.CARDS_REHEARSED: _("tried the recovery cards"),
    Event.CAME_BACK: _("let a coordinator come back under new keys"),
    Event.DESK_LOCKED: _("locked the desk"),
    Event.DESK_REOPENED: _("opened the locked desk again"),
    Event.LOCK_REHEARSED: _("rehearsed locking the desk"),
    Event.WORDS_CHANGED: _("changed their passphrase"),
    Event.PASSKEY_ADDED: _("added a passkey"),
    Event.PASSKEY_REMOVED: _("removed a passkey"),
    Event.INVITATION_CANCELLED: _("took an invitation back"),
    Event.SIGNED_IN: _("signed in"),
    Event.SIGNED_OUT_EVERYWHERE: _("signed out everywhere"),
    Event.CASE_LOGGED: _("logged the case"),
    Event.CASE_OPENED: _("opened the case"),
    Event.OPENED_WITH_REASON: _("opened a case that is somebody else's"),
    Event.CASE_KEPT: _("saved the case"),
    Event.SECTION_OPENED: _("opened a section"),
    Event.SECTION_SAVED: _("changed a section"),
    Event.ENTRY_ADDED: _("wrote a note"),
    Event.ENTRY_CORRECTED: _("corrected a note"),
    Event.LINES_ADDED: _("entered lines of the ledger"),
    Event.LINE_CHANGED: _("changed a line of the ledger"),
    Event.LINE_STRUCK: _("struck a line of the ledger out, or put it back"),
    Event.RESULT_KEPT: _("kept a calculation"),
    Event.CASE_ASSIGNED: _("said who works on it"),
    Event.STATUS_MOVED: _("moved it on"),
    Event.CASE_CLOSED: _("closed it"),
    Event.CASE_REOPENED: _("opened it again"),
    Event.CASE_RESTRICTED: _("let only named people see it"),
    Event.CASE_UNRESTRICTED: _("let the whole desk see it"),
    Event.CASE_JOINED: _("joined it with another case of the same person"),
    Event.CASE_PARTED: _("took it and another case apart again"),
    Event.CASE_COPIED: _("made a copy for the person"),
    Event.CASE_ERASED: _("erased a case"),
    Event.CASE_MENDED: _("let a damaged case stand as it is"),
    Event.CASE_STAYS: _("said how long it is kept"),
    Event.CASE_PSEUDONYMISED: _("it lost its names"),
    Event.REMAINS_FORGOTTEN: _("erased what had stayed of a case without names"),
    Event.PURGED: _("took away what had come to its end"),
    Event.CLOCK_STOPPED: _("stopped taking anything away: the server's clock had jumped"),
    Event.CLOCK_TRUSTED: _("said that the server's date is right"),
    Event.CONSENT_RECORDED: _("wrote down a consent"),
    Event.CONSENT_WITHDRAWN: _("wrote down that a consent was taken back"),
    Event.EXCEPTION_CLAIMED: _("kept a name because of danger"),
    Event.EXCEPTION_LAPSED: _("the emergency ended without consent; the name was removed"),
    Event.EXCEPTION_SETTLED: _("the emergency ended with consent; the name stays"),
    Event.CONTACT_SHOWN: _("read the safe-contact rule and saw the number"),
    Event.CONTACT_OVERRIDDEN: _("saw the number against the safe-contact rule"),
    Event.AROUND_SHOWN: _("saw the number of somebody around the person"),
    Event.GROUP_WRITTEN: _("wrote something for a group"),
    Event.GROUP_JOINED: _("let it belong to a group"),
    Event.GROUP_LEFT: _("took it out of a group"),
    Event.HEADS_UP_SEEN: _("saw what the coordinators were told"),
    Event.OUTSIDE_ASKED: _("spoke to somebody outside, or asked to"),
    Event.OUTSIDE_RELEASED: _("released a contact outside, as the second person"),
    Event.OUTSIDE_DECLINED: _("declined a contact outside"),
    Event.LEGAL_STATUS_WRITTEN: _("wrote down what a legal step needs"),
    Event.LEGAL_STATUS_OPENED: _("opened what a legal step needs"),
    Event.LEGAL_STATUS_PURGED: _("what a legal step needed was removed on its day"),
    Event.RESPONDENT_ENTERED: _("entered somebody who is answerable"),
    Event.RESPONDENT_CHANGED: _("corrected somebody who is answerable"),
    Event.RESPONDENT_MERGED: _("said that somebody who is answerable was entered twice"),
    Event.RESPONDENT_PARTED: _("took two who are answerable apart again"),
    Event.RESPONDENT_CHECKED: _("made sure that somebody who is answerable was entered twice"),
    Event.RESPONDENT_LINKED: _("named somebody who is answerable"),
    Event.SIGNALS_COUNTED: _("the desk's signals were counted anew"),
    Event.SIGNALS_TOLD: _("other desks were told the desk's signals, in bands"),
    Event.SIGNAL_ASIDE: _("put a signal aside"),
    Event.SIGNAL_TAKEN_UP: _("took a signal up again"),
    Event.SIGNAL_ASKING: _("read whom to ask because of a signal"),
    Event.SIGNAL_DECIDED: _("wrote down what those affected decided"),
    Event.SIGNAL_SHARED: _("let campaign teams know of a signal"),
    Event.SIGNAL_UNSHARED: _("took a signal back from campaign teams"),
    Event.SIGNALS_SHOWN: _("what campaign teams read of the desk's signals was written anew"),
    Event.INTRODUCED: _("let an organiser know of somebody who wants to organise"),
    Event.INTRODUCTION_ENDED: _("took back from an organiser what they knew of somebody"),
    Event.INTRODUCTION_READ: _("an organiser read who wants to be met"),
    Event.SIGNAL_NOTED: _("wrote to another desk about a signal"),
    Event.EVIDENCE_ADDED: _("added evidence"),
    Event.EVIDENCE_CHANGED: _("changed what is said about evidence"),
    Event.EVIDENCE_OPENED: _("opened evidence"),
    Event.EVIDENCE_SAVED: _("saved a file of the evidence"),
    Event.EVIDENCE_REMOVED: _("took evidence out"),
    Event.STORY_WRITTEN: _("wrote a story down, in its exact words"),
    Event.STORY_APPROVED: _("wrote down that the person approved a story"),
    Event.STORY_SECONDED: _("approved a story, beside the person"),
    Event.STORY_ASKED: _("wrote down that the person said yes to a story again"),
    Event.STORY_PASSED: _("gave a story to a campaign"),
    Event.STORY_WITHDRAWN: _("wrote down that the person took a story back"),
    Event.STORY_UNSIGNED: _("took back a signature under a story"),
    Event.STORY_COPY_WRITTEN: _("changed the copy of a story that a campaign has"),
    Event.PAPER_MADE: _("made a paper"),
    Event.PAPER_OPENED: _("fetched a paper"),
    Event.PAPER_WORDED: _("changed the desk's words on papers"),
    Event.DEADLINE_ENDED: _("ended a date, or asked to strike it out"),
    Event.DEADLINE_CHANGED: _("changed a date or a task"),
    Event.RULE_MARKED: _("said something of a rule"),
    Event.RULES_MENDED: _("let what is said of rules stand, although some of it was taken out or changed"),
    Event.GRANT_MADE: _("gave parts of it to a legal ally"),
    Event.GRANT_RULED: _("decided on a possible conflict of a legal ally"),
    Event.GRANT_PAUSED: _(
        "came across a possible conflict; the legal ally reads nothing until it is decided"
    ),
    Event.GRANT_AGAIN: _("gave a legal ally again what they had before the case was damaged"),
    Event.GRANT_ENDED: _("ended what a legal ally was given"),
    Event.GRANT_SETTLED: _("sealed anew what a legal ally had been given"),
    Event.GRANT_READ: _("read what they were given"),
    Event.GRANT_TAKEN: _("took along a file that they were given"),
    Event.PARTNER_BROUGHT: _("brought the card of another desk"),
    Event.PARTNER_COMPARED: _("compared the card of another desk"),
    Event.PARTNER_DROPPED: _("took out the card of another desk"),
    Event.PACKET_SENT: _("referred it to another desk"),
    Event.PACKET_TAKEN_BACK: _("took a referral to another desk back"),
    Event.PACKET_ENDED: _("took back what was referred"),
    Event.PACKET_NOTED: _("wrote down what came of a referral"),
    Event.PACKET_IMPORTED: _("brought in a packet from another desk"),
    Event.PACKET_OPENED: _("opened a packet from another desk"),
    Event.PACKET_ACCEPTED: _("accepted what another desk referred"),
    Event.PACKET_DECLINED: _("declined what another desk referred"),
    Event.PACKET_ANSWERED: _("answered the desk that referred"),
    Event.GRANT_TALKED: _("wrote to the legal ally, or as the legal ally"),
    Event.UNDERTAKEN: _("promised to keep what they read to themselves"),
    Event.CONFLICTS_NAMED: _("said for and against whom they act"),
    Event.SHIFT_HANDED_OVER: _("handed the shift over"),
    Event.LIST_STANDS: _("let a list stand, although a line of it is gone"),
    Event.SERVICE_ENTERED: _("entered a service in the directory"),
    Event.SERVICE_CHANGED: _("corrected a service in the directory"),
    Event.SERVICE_CHECKED: _("made sure of a service in the directory"),
    Event.SERVICE_RETIRED: _("retired a service of the directory, or took it up again"),
    Event.CALENDAR_MADE: _("made an address for their calendar"),
    Event.CALENDAR_ENDED: _("ended the address of their calendar"),
    Event.MAIL_SET: _("asked for mail"),
    Event.TREND_ANNOUNCED: _("announced a window of published figures"),
    Event.TREND_SENT: _("sent the desk's return for published figures"),
    Event.TREND_TAKEN_BACK: _("a return for published figures was taken back by itself"),
    Event.TREND_CAME: _("a desk's return for published figures came"),
    Event.TREND_GONE: _("a desk's return for published figures was taken back"),
    Event.TREND_WITHDRAWN: _("withdrew a window of published figures, so that it can be announced again"),
    Event.TREND_FILE_MADE: _("made a return for published figures of another network, as a file"),
    Event.TREND_AGREED: _("agreed to open the returns of a window"),
    Event.TREND_RUN: _("made the numbers of a window"),
    Event.TREND_RELEASED: _("released the numbers of a window"),
    Event.MAIL_ENDED: _("asked for no more mail"),
    Event.TEAM_WRITTEN: _("wrote in the work of a team"),
    Event.EXPORT_ASKED: _("asked to take all files of the desk along"),
    Event.EXPORT_AGREED: _("agreed, as the second coordinator, that all files are taken along"),
    Event.EXPORT_STOPPED: _("stopped that all files are taken along"),
    Event.EXPORT_BEGUN: _("began to take all files of the desk along"),
    Event.EXPORT_MADE: _("took all files of the desk along"),
    Event.CASE_EXPORTED: _("took it along with all files of the desk"),
    Event.AUDIT_READ: _("read this record"),
    Event.ACCESS_DENIED: _("asked for something that is not theirs"),
    Event.SEAL_REFUSED: _("came across something that does not open"),
}

#: Events whose reason is a code of a list; any other reason is what somebody wrote.
_REASONS = {
    Event.CASE_CLOSED: "closing_reasons",
    Event.CASE_OPENED: "opening_reasons",
    Event.OPENED_WITH_REASON: "opening_reasons",
    Event.CASE_ERASED: "erasure_reasons",
}


def line(one: Seen) -> dict[str, str]:
    """An event as a line: when, who, what, reason."""
    if one.event is None:
        return {"when": "", "who": "", "what": gettext("This line does not open."), "reason": ""}
    return {
        "when": moment(one.at),
        "who": _name(one.actor_id),
        "what": str(_WORDS[one.event]) + _which(one),
        "reason": _reason(one),
    }


def _name(actor_id: UUID | None) -> str:
    if actor_id is None:
        return str(gettext("by itself"))
    if recovery.were_cards(g.actor.desk.state, actor_id):
        return str(gettext("the recovery cards"))
    return workers().get(actor_id) or str(gettext("somebody who left"))


def _which(one: Seen) -> str:
    section = str(one.details.get("section") or "")
    return f": {parts().get(section) or _coded('sections', section)}" if section else ""


def parts() -> dict[str, str]:
    """What was opened of a case, where it is no section of its own."""
    return {
        "dates": gettext("Dates and tasks"),
        "entries": gettext("Notes, calls, visits"),
        "consents": gettext("Consents"),
        "respondents": gettext("Who is answerable"),
        "papers": gettext("Papers"),
        "ledger": gettext("What is owed and paid"),
        "safe_contact": gettext("Safe contact"),
        "outside": gettext("Contacts outside"),
        "around": gettext("People around"),
        "groups": gettext("Groups"),
        "compared": gettext("Beside another case"),
        "stories": gettext("Stories"),
        "organising": gettext("I want to organise"),
    }


def _reason(one: Seen) -> str:
    told = str(one.details.get("reason") or one.details.get("motive") or "")
    return _coded(_REASONS[one.event], told) if one.event in _REASONS else told


def _coded(listed: str, key: str) -> str:
    """A code in words; what is in no list, as it stands."""
    known = codes.load(listed)
    return str(gettext(known.label(key))) if key in known else key
