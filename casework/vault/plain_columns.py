"""Every column that is not sealed, with the reason: the written list that a test holds all tables against.

To add columns, append one line: table, columns, why they are plain. What the kinds of plain columns are is
settled in docs/vault.md; a new kind is a decision and is written down there first.
"""

_IDS = "ids and references: random, they say nothing"
_KEYS = "public keys, hashes, epochs, generations and counters that sealing needs"
_DAYS = "days that jobs without keys must see: due, review, retention, ends"
_REVISION = "counts changes, so that nobody overwrites another's"
_TAG = "says which rows belong together, not to what"
_ONCE = "a double click makes one row"

_LINES = (
    ("alembic_version", "version_num", "the state of the schema"),
    ("user", "id", _IDS),
    ("user", "login_mac", "an HMAC under the server's secret, to find who signs in"),
    ("user", "profile_counter", _KEYS),
    ("user", "since", _DAYS),
    ("slot", "id user_id", _IDS),
    ("slot", "salt commit pepper_id", _KEYS),
    ("slot", "since", _DAYS),
    ("desk", "id code network_id", _IDS),
    ("desk", "rev", _REVISION),
    ("membership", "id desk_id user_id", _IDS),
    ("membership", "role", "whom to ask for keys; the chain says the same, signed"),
    ("membership", "since ends_on", _DAYS),
    ("session", "sid", "the hash of a cookie"),
    ("session", "id user_id", _IDS),
    ("session", "ends_at", _DAYS),
    ("invitation", "id desk_id user_id inviter_id", _IDS),
    ("invitation", "token_hash x_public ed_public chain_seq network_seq", _KEYS),
    ("invitation", "role state", "what the link is for, and whether it was answered"),
    ("invitation", "ends_at", _DAYS),
    ("audit_event", "id desk_id case_id", _IDS),
    ("audit_event", "seq prev hash", _KEYS),
    ("audit_event", "on", "the day, so that old events can be found without keys"),
    ("audit_head", "desk_id signer_id", _IDS),
    ("audit_head", "seq hash signed_seq signed_hash signature", _KEYS),
    ("audit_head", "witnessed_on", _DAYS),
    ("case", "id desk_id ref primary_id backup_id exception_section_id exception_token", _IDS),
    ("case", "status", "neutral to the kind of case"),
    ("case", "opened_on changed_on exception_ends_at", _DAYS),
    ("case", "form_token", _ONCE),
    ("case", "rev", _REVISION),
    ("case_section", "id case_id desk_id", _IDS),
    ("case_section", "tag", _TAG),
    ("case_section", "generation", _KEYS),
    ("entry", "id case_id desk_id", _IDS),
    ("entry", "tag", _TAG),
    ("entry", "generation", _KEYS),
    ("entry", "on", "the day a row was written"),
    ("entry", "form_token", _ONCE),
    ("entry", "rev", _REVISION),
    ("erasure", "id case_id desk_id", "ids; that of the case keeps a restored backup from bringing it back"),
    ("erasure", "on backups_end_on", _DAYS),
    ("consent", "id case_id desk_id", _IDS),
    ("consent", "tag", _TAG),
    ("consent", "generation", _KEYS),
    ("consent", "form_token", _ONCE),
    ("consent", "rev", _REVISION),
    ("attachment", "id case_id desk_id", _IDS),
    ("attachment", "tag", _TAG),
    ("attachment", "generation", _KEYS),
    ("attachment", "on", "the day a row was written"),
    ("attachment", "form_token", _ONCE),
    ("attachment", "rev", _REVISION),
    ("stored_file", "id case_id desk_id", "lets an erasure without keys delete the right files of the store"),
    ("departure", "id case_id desk_id", _IDS),
    ("departure", "tag", _TAG),
    ("departure", "generation", _KEYS),
    ("departure", "on", "the day a row was written"),
    ("departure", "form_token", _ONCE),
    ("departure", "rev", _REVISION),
    ("paper_text", "id desk_id", _IDS),
    ("paper_text", "rev", _REVISION),
    ("heads_up", "id case_id desk_id", _IDS),
    ("heads_up", "tag", _TAG),
    ("heads_up", "generation", _KEYS),
    ("heads_up", "on", "the day a row was written"),
    ("heads_up", "rev", _REVISION),
    ("legal_status", "id case_id desk_id", _IDS),
    ("legal_status", "tag", _TAG),
    ("legal_status", "generation", _KEYS),
    ("legal_status", "purge_on", "the day on which a job without keys removes it"),
    ("legal_status", "rev", _REVISION),
    ("respondent", "id desk_id", _IDS),
    ("respondent", "form_token", _ONCE),
    ("respondent", "rev", _REVISION),
    ("held_dates", "case_id desk_id", _IDS),
    ("case_dates", "case_id desk_id", _IDS),
    ("case_dates", "stamp", "a hash of the rules and marks that a case was last counted with"),
    ("case_dates", "rev", _REVISION),
    ("rule_mark", "id desk_id user_id", _IDS),
    ("rule_mark", "number digest signature", _KEYS),
    ("rule_mark", "mark", "what somebody said of a public rule, signed; of no case"),
    ("rule_mark", "on", _DAYS),
    ("rule_mark", "form_token", _ONCE),
    ("shift_note", "id desk_id", _IDS),
    ("shift_note", "on", _DAYS),
    ("shift_note", "form_token", _ONCE),
    ("service", "id desk_id", _IDS),
    ("service", "form_token", _ONCE),
    ("service", "rev", _REVISION),
    ("case_group", "id desk_id", _IDS),
    ("case_group", "form_token", _ONCE),
    ("case_group", "rev", _REVISION),
    ("outbox", "id ids", _IDS),
    ("outbox", "name due_at attempts done_at", "what a job without keys is to do, and when"),
    ("segment", "id desk_id", _IDS),
    ("segment", "seq rev is_tail", _KEYS),
    ("segment_of_case", "case_id desk_id segment_id", "lets an erasure without keys drop the right segment"),
    ("segment_manifest", "id desk_id", _IDS),
    ("segment_manifest", "rev", _REVISION),
    ("chain_entry", "desk_id signer_id", _IDS),
    (
        "chain_entry",
        "seq kind fields signature head",
        "the public record of who is in, with which public keys",
    ),
    ("desk_epoch", "desk_id", _IDS),
    ("desk_epoch", "epoch", _KEYS),
    ("desk_box", "desk_id member_id", _IDS),
    ("desk_box", "epoch", _KEYS),
    ("desk_link", "desk_id", _IDS),
    ("desk_link", "epoch", _KEYS),
    ("desk_pair", "desk_id holder_id other_id", _IDS),
    ("desk_pair", "epoch", _KEYS),
    ("desk_reopening", "desk_id from_id to_id", _IDS),
    ("desk_reopening", "epoch signature", _KEYS),
    ("desk_reopening", "ends_at", _DAYS),
    ("case_wrap", "case_id desk_id", _IDS),
    ("case_wrap", "epoch generation", _KEYS),
    ("restricted_wrap", "case_id member_id desk_id", _IDS),
    ("restricted_wrap", "epoch generation", _KEYS),
    ("case_link", "case_id desk_id", _IDS),
    ("case_link", "generation", _KEYS),
    ("grant", "id case_id desk_id ally_id signer_id", _IDS),
    ("grant", "ends_on", "a job without keys takes the box away on this day; the same stands sealed"),
    ("grant", "state", "whether it lives, so that it ends without any key"),
    ("grant", "generation boxed_at signature", _KEYS),
    ("grant", "tag", _TAG),
    ("grant", "form_token", _ONCE),
    ("grant_message", "id grant_id case_id desk_id", _IDS),
    ("grant_message", "on", "the day a row was written"),
    ("grant_message", "form_token", _ONCE),
    ("advice", "id grant_id case_id desk_id ally_id", _IDS),
    ("advice", "on", "the day a row was written"),
    ("advice", "form_token", _ONCE),
    ("advice", "rev", _REVISION),
    ("undertaking", "id desk_id user_id", _IDS),
    ("undertaking", "version signature", _KEYS),
    ("undertaking", "on", _DAYS),
    ("conflict_list", "id desk_id user_id", _IDS),
    ("conflict_list", "on", "the day a row was written"),
    ("conflict_list", "rev", _REVISION),
    ("draft", "id owner_id desk_id", _IDS),
    ("draft", "case_id", "lets an erasure without keys take what was begun on a case along"),
    ("draft", "purge_on", _DAYS),
    ("late_form", "id owner_id desk_id", _IDS),
    ("late_form", "case_id", "lets an erasure without keys take what was begun on a case along"),
    ("late_form", "purge_on", _DAYS),
    ("saved_view", "id owner_id desk_id", _IDS),
)


def _reasons() -> dict[str, str]:
    """The reason of each plain column.

    Raises:
        ValueError: a column stands in the list twice.
    """
    found: dict[str, str] = {}
    for table, columns, reason in _LINES:
        for column in columns.split():
            name = f"{table}.{column}"
            if name in found:
                raise ValueError(f"{name} stands in the list twice")
            found[name] = reason
    return found


#: table.column → why it is plain.
PLAIN = _reasons()
