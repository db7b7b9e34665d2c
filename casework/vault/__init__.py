"""The vault: sealed by design. Keys, sealing, the signed chain of each desk, recovery cards, the catalogue.

The only place that imports `cryptography`. docs/vault.md tells how it is built and who can open what.
"""

from casework.vault.case import CaseKeys
from casework.vault.chain.state import ChainState, Member, Role
from casework.vault.desk import DeskKeys
from casework.vault.meeting import meeting_code
from casework.vault.person import PersonKeys, Pin, open_profile, pack_for, sealed_profile
from casework.vault.secret import Secret
from casework.vault.sections import Section

__all__ = [
    "CaseKeys",
    "ChainState",
    "DeskKeys",
    "Member",
    "PersonKeys",
    "Pin",
    "Role",
    "Secret",
    "Section",
    "meeting_code",
    "open_profile",
    "pack_for",
    "sealed_profile",
]
