"""The closed list of events, each with the exact keys that its details carry.

An event that is not here cannot be recorded, and neither can a key: so nobody adds a name "just for
now". Values are codes, ids and hashes, never text that a person typed, except a reason.
"""

from enum import StrEnum


class Event(StrEnum):
    """Everything that is recorded."""

    DESK_FOUNDED = "desk.founded"
    DESK_NAMED = "desk.named"
    MEMBER_INVITED = "member.invited"
    MEMBER_ADMITTED = "member.admitted"
    MEMBER_REMOVED = "member.removed"
    LAST_DAY_SET = "member.last_day"
    KEYS_RENEWED = "keys.renewed"
    CARDS_MADE = "cards.made"
    CARDS_REHEARSED = "cards.rehearsed"
    CAME_BACK = "member.came_back"
    DESK_LOCKED = "desk.locked"
    DESK_REOPENED = "desk.reopened"
    LOCK_REHEARSED = "desk.lock_rehearsed"
    WORDS_CHANGED = "words.changed"
    PASSKEY_ADDED = "passkey.added"
    PASSKEY_REMOVED = "passkey.removed"
    INVITATION_CANCELLED = "invitation.cancelled"
    SIGNED_IN = "signed.in"
    SIGNED_OUT_EVERYWHERE = "signed.out_everywhere"
    CASE_LOGGED = "case.logged"
    CASE_OPENED = "case.opened"
    OPENED_WITH_REASON = "case.opened_with_reason"
    CASE_KEPT = "case.kept"
    SECTION_OPENED = "section.opened"
    SECTION_SAVED = "section.saved"
    ENTRY_ADDED = "entry.added"
    ENTRY_CORRECTED = "entry.corrected"
    LINES_ADDED = "lines.added"
    LINE_CHANGED = "line.changed"
    LINE_STRUCK = "line.struck"
    RESULT_KEPT = "result.kept"
    CASE_ASSIGNED = "case.assigned"
    STATUS_MOVED = "status.moved"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    CASE_RESTRICTED = "case.restricted"
    CASE_UNRESTRICTED = "case.unrestricted"
    CASE_JOINED = "case.joined"
    CASE_PARTED = "case.parted"
    CASE_COPIED = "case.copied"
    CASE_ERASED = "case.erased"
    CASE_MENDED = "case.mended"
    CASE_STAYS = "case.stays"
    CASE_PSEUDONYMISED = "case.pseudonymised"
    REMAINS_FORGOTTEN = "remains.forgotten"
    PURGED = "purged"
    CLOCK_STOPPED = "clock.stopped"
    CLOCK_TRUSTED = "clock.trusted"
    CONSENT_RECORDED = "consent.recorded"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    EXCEPTION_CLAIMED = "exception.claimed"
    EXCEPTION_LAPSED = "exception.lapsed"
    EXCEPTION_SETTLED = "exception.settled"
    CONTACT_SHOWN = "contact.shown"
    CONTACT_OVERRIDDEN = "contact.overridden"
    AROUND_SHOWN = "around.shown"
    GROUP_WRITTEN = "group.written"
    GROUP_JOINED = "group.joined"
    GROUP_LEFT = "group.left"
    HEADS_UP_SEEN = "heads_up.seen"
    OUTSIDE_ASKED = "outside.asked"
    OUTSIDE_RELEASED = "outside.released"
    OUTSIDE_DECLINED = "outside.declined"
    LEGAL_STATUS_WRITTEN = "legal_status.written"
    LEGAL_STATUS_OPENED = "legal_status.opened"
    LEGAL_STATUS_PURGED = "legal_status.purged"
    RESPONDENT_ENTERED = "respondent.entered"
    RESPONDENT_CHANGED = "respondent.changed"
    RESPONDENT_MERGED = "respondent.merged"
    RESPONDENT_PARTED = "respondent.parted"
    RESPONDENT_CHECKED = "respondent.checked"
    RESPONDENT_LINKED = "respondent.linked"
    SIGNALS_COUNTED = "signals.counted"
    SIGNALS_TOLD = "signals.told"
    SIGNAL_ASIDE = "signal.aside"
    SIGNAL_TAKEN_UP = "signal.taken_up"
    SIGNAL_ASKING = "signal.asking"
    SIGNAL_DECIDED = "signal.decided"
    SIGNAL_NOTED = "signal.noted"
    SIGNAL_SHARED = "signal.shared"
    SIGNAL_UNSHARED = "signal.unshared"
    SIGNALS_SHOWN = "signals.shown"
    INTRODUCED = "organiser.told"
    INTRODUCTION_ENDED = "organiser.untold"
    INTRODUCTION_READ = "organiser.read"
    EVIDENCE_ADDED = "evidence.added"
    EVIDENCE_CHANGED = "evidence.changed"
    EVIDENCE_OPENED = "evidence.opened"
    EVIDENCE_SAVED = "evidence.saved"
    EVIDENCE_REMOVED = "evidence.removed"
    STORY_WRITTEN = "story.written"
    STORY_APPROVED = "story.approved"
    STORY_SECONDED = "story.seconded"
    STORY_ASKED = "story.asked"
    STORY_PASSED = "story.passed"
    STORY_WITHDRAWN = "story.withdrawn"
    STORY_UNSIGNED = "story.unsigned"
    STORY_COPY_WRITTEN = "story.copy_written"
    PAPER_MADE = "paper.made"
    PAPER_OPENED = "paper.opened"
    PAPER_WORDED = "paper.worded"
    DEADLINE_ENDED = "deadline.ended"
    DEADLINE_CHANGED = "deadline.changed"
    RULE_MARKED = "rule.marked"
    RULES_MENDED = "rules.mended"
    GRANT_MADE = "grant.made"
    GRANT_RULED = "grant.ruled"
    GRANT_PAUSED = "grant.paused"
    GRANT_AGAIN = "grant.again"
    GRANT_ENDED = "grant.ended"
    GRANT_SETTLED = "grant.settled"
    GRANT_READ = "grant.read"
    GRANT_TAKEN = "grant.taken"
    GRANT_TALKED = "grant.talked"
    PARTNER_BROUGHT = "partner.brought"
    PARTNER_COMPARED = "partner.compared"
    PARTNER_DROPPED = "partner.dropped"
    PACKET_SENT = "packet.sent"
    PACKET_ENDED = "packet.ended"
    PACKET_TAKEN_BACK = "packet.taken_back"
    PACKET_NOTED = "packet.noted"
    PACKET_IMPORTED = "packet.imported"
    PACKET_OPENED = "packet.opened"
    PACKET_ACCEPTED = "packet.accepted"
    PACKET_DECLINED = "packet.declined"
    PACKET_ANSWERED = "packet.answered"
    UNDERTAKEN = "ally.undertaken"
    CONFLICTS_NAMED = "ally.conflicts_named"
    SHIFT_HANDED_OVER = "shift.handed_over"
    LIST_STANDS = "list.stands"
    SERVICE_ENTERED = "service.entered"
    SERVICE_CHANGED = "service.changed"
    SERVICE_CHECKED = "service.checked"
    SERVICE_RETIRED = "service.retired"
    CALENDAR_MADE = "calendar.made"
    CALENDAR_ENDED = "calendar.ended"
    MAIL_SET = "mail.set"
    MAIL_ENDED = "mail.ended"
    TEAM_WRITTEN = "team.written"
    TREND_ANNOUNCED = "trend.announced"
    TREND_SENT = "trend.sent"
    TREND_TAKEN_BACK = "trend.taken_back"
    TREND_CAME = "trend.came"
    TREND_GONE = "trend.gone"
    TREND_WITHDRAWN = "trend.withdrawn"
    TREND_FILE_MADE = "trend.file_made"
    TREND_AGREED = "trend.agreed"
    TREND_RUN = "trend.run"
    TREND_RELEASED = "trend.released"
    EXPORT_ASKED = "export.asked"
    EXPORT_AGREED = "export.agreed"
    EXPORT_STOPPED = "export.stopped"
    EXPORT_BEGUN = "export.begun"
    EXPORT_MADE = "export.made"
    CASE_EXPORTED = "case.exported"
    AUDIT_READ = "audit.read"
    ACCESS_DENIED = "access.denied"
    SEAL_REFUSED = "seal.refused"


#: The keys of each event's details: no more, no fewer.
KEYS: dict[Event, frozenset[str]] = {
    Event.DESK_FOUNDED: frozenset(),
    Event.DESK_NAMED: frozenset(),
    Event.MEMBER_INVITED: frozenset({"role"}),
    Event.MEMBER_ADMITTED: frozenset({"user", "role"}),
    Event.MEMBER_REMOVED: frozenset({"user", "role"}),
    Event.LAST_DAY_SET: frozenset({"user", "day"}),
    Event.KEYS_RENEWED: frozenset(),
    Event.CARDS_MADE: frozenset({"set"}),
    Event.CARDS_REHEARSED: frozenset({"set"}),
    # By two recovery cards: under which id, and whose place it is.
    Event.CAME_BACK: frozenset({"user", "instead"}),
    Event.DESK_LOCKED: frozenset(),
    Event.DESK_REOPENED: frozenset({"second"}),
    Event.LOCK_REHEARSED: frozenset({"sessions"}),
    Event.WORDS_CHANGED: frozenset(),
    Event.PASSKEY_ADDED: frozenset(),
    Event.PASSKEY_REMOVED: frozenset(),
    Event.INVITATION_CANCELLED: frozenset({"role"}),
    Event.SIGNED_IN: frozenset(),
    Event.SIGNED_OUT_EVERYWHERE: frozenset({"sessions"}),
    Event.CASE_LOGGED: frozenset({"rows"}),
    Event.CASE_OPENED: frozenset({"reason"}),
    Event.OPENED_WITH_REASON: frozenset({"case_id", "reason"}),
    # A save of which nothing else is recorded: the same form sent again.
    Event.CASE_KEPT: frozenset(),
    Event.SECTION_OPENED: frozenset({"section"}),
    Event.SECTION_SAVED: frozenset({"section", "fields", "rows"}),
    Event.ENTRY_ADDED: frozenset({"entry", "rows"}),
    Event.ENTRY_CORRECTED: frozenset({"entry", "rows"}),
    Event.LINES_ADDED: frozenset({"lines", "rows"}),
    Event.LINE_CHANGED: frozenset({"line", "rows"}),
    Event.LINE_STRUCK: frozenset({"line", "struck", "rows"}),
    Event.RESULT_KEPT: frozenset({"line", "rows"}),
    Event.CASE_ASSIGNED: frozenset({"primary", "backup"}),
    Event.STATUS_MOVED: frozenset({"from", "to"}),
    Event.CASE_CLOSED: frozenset({"reason"}),
    Event.CASE_REOPENED: frozenset({"motive"}),
    Event.CASE_RESTRICTED: frozenset({"named"}),
    Event.CASE_UNRESTRICTED: frozenset(),
    # Two cases of one person, by hand: the reference of the other one, and why.
    Event.CASE_JOINED: frozenset({"other", "reason"}),
    Event.CASE_PARTED: frozenset({"other", "reason"}),
    Event.CASE_COPIED: frozenset(),
    Event.CASE_ERASED: frozenset({"case_id", "reason"}),
    Event.CASE_MENDED: frozenset({"reason", "standing", "lost"}),
    # Kept longer, with its last day; without one, what kept it is over.
    Event.CASE_STAYS: frozenset({"what", "until", "reason"}),
    Event.CASE_PSEUDONYMISED: frozenset(),
    Event.REMAINS_FORGOTTEN: frozenset(),
    Event.PURGED: frozenset({"what", "count"}),
    Event.CLOCK_STOPPED: frozenset(),
    Event.CLOCK_TRUSTED: frozenset(),
    Event.CONSENT_RECORDED: frozenset({"purpose", "consent"}),
    Event.CONSENT_WITHDRAWN: frozenset({"purpose", "consent"}),
    Event.EXCEPTION_CLAIMED: frozenset({"reason"}),
    Event.EXCEPTION_LAPSED: frozenset(),
    Event.EXCEPTION_SETTLED: frozenset(),
    Event.CONTACT_SHOWN: frozenset(),
    Event.CONTACT_OVERRIDDEN: frozenset({"against", "reason"}),
    Event.AROUND_SHOWN: frozenset(),
    Event.GROUP_WRITTEN: frozenset({"group", "rows"}),
    Event.GROUP_JOINED: frozenset({"group"}),
    Event.GROUP_LEFT: frozenset({"group"}),
    Event.HEADS_UP_SEEN: frozenset({"what"}),
    Event.OUTSIDE_ASKED: frozenset({"entry", "purpose"}),
    Event.OUTSIDE_RELEASED: frozenset({"entry", "purpose"}),
    Event.OUTSIDE_DECLINED: frozenset({"entry", "purpose"}),
    Event.LEGAL_STATUS_WRITTEN: frozenset(),
    Event.LEGAL_STATUS_OPENED: frozenset(),
    Event.LEGAL_STATUS_PURGED: frozenset(),
    Event.RESPONDENT_ENTERED: frozenset({"respondent"}),
    Event.RESPONDENT_CHANGED: frozenset({"respondent"}),
    Event.RESPONDENT_MERGED: frozenset({"respondent", "other"}),
    Event.RESPONDENT_PARTED: frozenset({"respondent", "other"}),
    Event.RESPONDENT_CHECKED: frozenset({"respondent", "other"}),
    Event.RESPONDENT_LINKED: frozenset({"respondent"}),
    Event.SIGNALS_COUNTED: frozenset(),
    Event.SIGNALS_TOLD: frozenset(),
    Event.SIGNAL_ASIDE: frozenset({"respondent", "until"}),
    Event.SIGNAL_TAKEN_UP: frozenset({"respondent"}),
    Event.SIGNAL_ASKING: frozenset({"respondent"}),
    Event.SIGNAL_DECIDED: frozenset({"respondent"}),
    Event.SIGNAL_NOTED: frozenset({"respondent", "to_desk"}),
    Event.SIGNAL_SHARED: frozenset({"respondent"}),
    Event.SIGNAL_UNSHARED: frozenset({"respondent"}),
    # What campaign teams read of the desk's signals was written anew.
    Event.SIGNALS_SHOWN: frozenset(),
    Event.INTRODUCED: frozenset({"introduction"}),
    Event.INTRODUCTION_ENDED: frozenset(),
    Event.INTRODUCTION_READ: frozenset({"introduction"}),
    Event.EVIDENCE_ADDED: frozenset({"attachment", "rows"}),
    Event.EVIDENCE_CHANGED: frozenset({"attachment", "rows"}),
    Event.EVIDENCE_OPENED: frozenset({"attachment", "original"}),
    Event.EVIDENCE_SAVED: frozenset({"attachment", "original", "to"}),
    Event.EVIDENCE_REMOVED: frozenset({"attachment"}),
    Event.STORY_WRITTEN: frozenset({"entry"}),
    Event.STORY_APPROVED: frozenset({"entry"}),
    Event.STORY_SECONDED: frozenset({"entry"}),
    Event.STORY_ASKED: frozenset({"entry"}),
    Event.STORY_PASSED: frozenset({"entry"}),
    Event.STORY_WITHDRAWN: frozenset({"entry"}),
    Event.STORY_UNSIGNED: frozenset({"entry"}),
    Event.STORY_COPY_WRITTEN: frozenset({"rows"}),
    Event.PAPER_MADE: frozenset({"departure", "paper", "rows"}),
    Event.PAPER_OPENED: frozenset({"departure"}),
    Event.PAPER_WORDED: frozenset({"text"}),
    Event.DEADLINE_ENDED: frozenset({"deadline", "state", "reason"}),
    Event.DEADLINE_CHANGED: frozenset({"deadline", "what"}),
    Event.RULE_MARKED: frozenset({"rule", "mark"}),
    Event.RULES_MENDED: frozenset({"reason"}),
    Event.GRANT_MADE: frozenset({"grant", "sections", "files", "consent", "rows"}),
    Event.GRANT_RULED: frozenset({"grant", "allowed", "reason"}),
    Event.GRANT_PAUSED: frozenset({"grant"}),
    Event.GRANT_AGAIN: frozenset({"grant"}),
    Event.GRANT_ENDED: frozenset({"grant", "why"}),
    Event.GRANT_SETTLED: frozenset({"generation"}),
    Event.GRANT_READ: frozenset({"grant", "what"}),
    Event.GRANT_TAKEN: frozenset({"grant", "attachment"}),
    Event.GRANT_TALKED: frozenset({"grant", "message"}),
    Event.PARTNER_BROUGHT: frozenset({"partner"}),
    Event.PARTNER_COMPARED: frozenset({"partner", "card"}),
    Event.PARTNER_DROPPED: frozenset({"partner"}),
    Event.PACKET_SENT: frozenset({"packet", "to", "sections", "files", "consent", "as_file", "rows"}),
    Event.PACKET_ENDED: frozenset({"packet", "why"}),
    Event.PACKET_TAKEN_BACK: frozenset({"packet"}),
    Event.PACKET_NOTED: frozenset({"packet", "rows"}),
    Event.PACKET_IMPORTED: frozenset({"packet"}),
    Event.PACKET_OPENED: frozenset({"packet"}),
    Event.PACKET_ACCEPTED: frozenset({"packet"}),
    Event.PACKET_DECLINED: frozenset({"packet"}),
    Event.PACKET_ANSWERED: frozenset({"packet"}),
    Event.UNDERTAKEN: frozenset({"version"}),
    Event.CONFLICTS_NAMED: frozenset(),
    Event.SHIFT_HANDED_OVER: frozenset(),
    # One for each row that is gone and let go.
    Event.LIST_STANDS: frozenset({"where", "reason"}),
    Event.SERVICE_ENTERED: frozenset({"service"}),
    Event.SERVICE_CHANGED: frozenset({"service"}),
    Event.SERVICE_CHECKED: frozenset({"service"}),
    Event.SERVICE_RETIRED: frozenset({"service"}),
    Event.CALENDAR_MADE: frozenset(),
    Event.CALENDAR_ENDED: frozenset(),
    Event.MAIL_SET: frozenset(),
    Event.MAIL_ENDED: frozenset(),
    Event.TEAM_WRITTEN: frozenset({"team", "rows"}),
    Event.TREND_ANNOUNCED: frozenset({"window", "plan"}),
    Event.TREND_SENT: frozenset({"window"}),
    # A withdrawal, or an erasure, before the window closed; never whose.
    Event.TREND_TAKEN_BACK: frozenset({"window"}),
    Event.TREND_AGREED: frozenset({"window"}),
    # At the network: which return of a desk is the newest, so that an older one that is put back is not counted.
    Event.TREND_CAME: frozenset({"window", "sender", "digest"}),
    Event.TREND_GONE: frozenset({"window", "sender"}),
    Event.TREND_WITHDRAWN: frozenset({"window"}),
    # For a network of another installation.
    Event.TREND_FILE_MADE: frozenset({"window", "digest"}),
    Event.TREND_RUN: frozenset({"window", "output", "first_on", "last_on"}),
    Event.TREND_RELEASED: frozenset({"window", "output"}),
    # All files of the desk: the fingerprint is that of the request, as both coordinators saw it.
    Event.EXPORT_ASKED: frozenset({"export", "fingerprint", "reason"}),
    Event.EXPORT_AGREED: frozenset({"export", "fingerprint"}),
    Event.EXPORT_STOPPED: frozenset({"export"}),
    Event.EXPORT_BEGUN: frozenset({"export"}),
    # What went into one file that came to its end, and the SHA-256 of the list of it.
    Event.EXPORT_MADE: frozenset({"export", "cases", "files", "manifest"}),
    # In the record of each case, before a byte of it leaves.
    Event.CASE_EXPORTED: frozenset({"export"}),
    Event.AUDIT_READ: frozenset(),
    Event.ACCESS_DENIED: frozenset({"action"}),
    Event.SEAL_REFUSED: frozenset({"where"}),
}
