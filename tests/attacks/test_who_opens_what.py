"""The table "Who can open what" of docs/vault.md, line by line beside the tests that are its proof.

A line that is new, gone or said otherwise fails here until somebody has looked at its tests; so does a test that is gone.
What the lines say is not read by this: what they say is in the names of the tests.
"""

import ast
import re
from functools import cache

import pytest

from casework.app import ROOT

TESTS = ROOT / "tests"
#: Who has what → where it is tried what that opens.
PROOF = {
    "the disk, a backup, a dump": (
        "attacks/test_canary.py::test_no_mark_can_be_read_anywhere",
        "attacks/test_names_at_rest.py::test_no_column_tells_names_better_than_the_base_rate",
        "attacks/packets/test_packets.py::test_an_operator_with_every_file_reads_nothing",
    ),
    "the disk and every server-side secret (pepper, HMAC secret)": (
        "attacks/test_canary.py::test_no_mark_can_be_read_anywhere",
        "attacks/test_canary.py::test_a_row_sealed_under_a_server_secret_would_be_seen",
        "attacks/test_database_writer.py::test_the_servers_secret_forges_nobody",
    ),
    "the memory of Valkey, and the disk": (
        "attacks/test_canary.py::test_no_mark_can_be_read_anywhere",
        "attacks/test_database_writer.py::test_the_root_of_another_session_does_not_open_with_my_cookie",
        "attacks/test_cards_door.py::test_what_waits_in_memory_opens_without_the_browser_for_nobody",
    ),
    "a cookie alone": ("vault/test_sessions.py::test_the_server_keeps_a_hash_that_opens_nothing",),
    "a cookie and Valkey, before the session ends": (
        "vault/test_sessions.py::test_a_root_opens_for_its_cookie_user_and_end_only",
    ),
    "a passphrase alone": ("vault/test_people.py::test_everything_else_is_refused_alike",),
    "a device with a passkey, unlocked": (
        "access/test_passkeys.py::test_it_opens_what_its_owner_opens",
        "access/test_passkeys.py::test_the_servers_secrets_and_every_row_open_no_slot",
    ),
    "a passphrase, the pepper and a dump": (
        "vault/test_people.py::test_a_passphrase_opens_however_it_is_typed",
        "vault/test_epochs.py::test_who_leaves_opens_nothing_that_is_written_afterwards",
    ),
    "a volunteer": (
        "vault/test_desks.py::test_every_holder_opens_everything",
        "vault/test_restricted.py::test_it_opens_for_the_named_and_for_nobody_else",
        "vault/test_members.py::test_two_desks_do_not_open_each_other",
    ),
    "a coordinator": (
        "vault/test_desks.py::test_every_holder_opens_everything",
        "vault/test_members.py::test_a_volunteer_admits_and_removes_nobody",
        "attacks/test_every_address_of_a_case.py::test_an_ally_and_another_desk_find_no_address",
    ),
    "a named member of a restricted case": (
        "vault/test_restricted.py::test_it_opens_for_the_named_and_for_nobody_else",
        "vault/test_restricted.py::test_the_desks_secret_opens_the_layer_but_not_the_box",
    ),
    "somebody who left": (
        "attacks/test_leaver.py::test_what_is_written_afterwards_opens_with_nothing_they_have",
        "attacks/test_leaver.py::test_no_box_and_no_link_leads_from_the_old_secret_to_the_new",
        "attacks/packets/test_packets.py::test_a_member_who_left_opens_nothing_that_is_sent_afterwards",
    ),
    "a legal ally": (
        "attacks/test_ally.py::test_with_the_whole_database_the_keys_open_what_was_given_and_nothing_else",
        "attacks/test_ally.py::test_her_own_private_keys_open_no_secret_of_the_desk",
    ),
    "a legal ally who kept every key, after the end, with the database": (
        "attacks/test_ally.py::test_old_keys_and_tomorrows_database_do_not_fit",
        "attacks/test_ally.py::test_between_the_end_and_the_next_unlocked_member_only_old_rows_open",
    ),
    "a campaign member": (
        "access/test_joining.py::test_allies_and_campaigners_hold_no_desk_secret",
        "teams/test_keys.py::test_the_team_opens_it_and_nobody_else",
    ),
    "a coordinator of the network who is not in a team": (
        "teams/test_keys.py::test_the_team_opens_it_and_nobody_else",
    ),
    "an organiser whom somebody chose": (
        "organising/test_introducing.py::test_the_organiser_whom_they_chose_reads_one_name_and_one_way",
        "organising/test_introducing.py::test_nobody_else_opens_it",
        "organising/test_introducing.py::test_taken_back_after_it_was_read_the_organiser_is_told_to_leave_them_alone",
    ),
    "a steward": ("vault/test_desks.py::test_a_network_has_members_who_hold_no_secret",),
    "a member of a desk that a packet is for": (
        "attacks/packets/test_packets.py::test_the_receiver_of_one_packet_reaches_nothing_else_of_the_case",
        "attacks/packets/test_packets.py::test_a_packet_that_ended_and_is_put_back_does_not_open",
    ),
    "a coordinator of another desk of the network, with the database": (
        "attacks/test_other_desk.py::test_the_fields_of_each_desk_open_with_its_own_keys_alone",
        "attacks/test_other_desk.py::test_no_wrap_of_a_case_opens_with_her_desks_secret_or_the_networks",
        "attacks/test_other_desk.py::test_a_case_led_to_her_desk_opens_there_for_nobody",
        "attacks/test_other_desk.py::test_a_box_of_theirs_in_her_name_opens_no_desk",
        "vault/test_members.py::test_two_desks_do_not_open_each_other",
    ),
    "a coordinator of a third desk, with the database": (
        "attacks/packets/test_packets.py::test_a_third_desk_opens_nothing_even_when_the_row_is_led_to_it",
    ),
    "whoever has a packet's file": (
        "packets/test_files.py::test_brought_in_it_is_opened_and_accepted_like_any_other",
        "packets/test_files.py::test_every_changed_byte_is_refused",
    ),
    "one recovery card": (
        "vault/test_cards.py::test_one_card_is_independent_of_the_secret",
        "attacks/test_cards_door.py::test_one_card_and_every_row",
    ),
    "two recovery cards": (
        "vault/test_members.py::test_two_recovery_cards_open_the_desk_and_admit_somebody_new",
        "access/test_returning.py::test_a_locked_desk_takes_a_coordinator_beside_the_cards",
    ),
    "a set of cards that a newer one followed": (
        "attacks/test_cards_door.py::test_an_old_set_after_a_new_one_also_with_its_old_box",
    ),
    "a writer of the database": (
        "attacks/test_database_writer.py::test_a_row_makes_no_member_and_a_role_in_it_gives_nothing",
        "attacks/test_database_writer.py::test_a_chain_that_was_written_to_opens_no_desk",
        "attacks/test_database_writer.py::test_a_desks_boxes_exchanged_open_for_nobody",
        "vault/test_stored_chain.py::test_a_cut_off_end_is_noticed_by_everybody_who_has_seen_it",
        "vault/test_stored_chain.py::test_a_public_key_put_in_the_place_of_another_is_refused",
        "vault/test_stored_chain.py::test_an_epoch_slipped_in_by_somebody_else_is_refused",
    ),
    "a writer of the database who is a member too": (
        "vault/test_stored_chain.py::test_a_coordinator_who_was_removed_cannot_fork_the_chain",
        "vault/test_restricted.py::test_somebody_slipped_into_the_table_is_not_named_by_the_next_generation",
        "attacks/test_ally.py::test_a_grant_that_somebody_else_packed_does_not_open",
    ),
}
#: Said, and proved by nothing: whoever runs the server while people work on it sees what they see.
ONLY_SAID = {"a live server that turned hostile"}


def lines() -> set[str]:
    """The first cell of each line of the table."""
    told = (ROOT / "docs" / "vault.md").read_text("utf-8")
    part = told.split("## Who can open what")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE)
    return {cell.strip() for cell in cells if cell.strip() != "who has"}


@cache
def named_in(path: str) -> set[str]:
    tree = ast.parse((TESTS / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_line_of_the_table_is_accounted_for():
    assert lines() == PROOF.keys() | ONLY_SAID


@pytest.mark.parametrize("who", PROOF)
def test_its_proof_is_there(who):
    for one in PROOF[who]:
        path, _, name = one.partition("::")
        assert name in named_in(path), one
