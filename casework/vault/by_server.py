"""What the server itself must be able to read while nobody is signed in: where somebody wants mail.

It lies under the server's secret, so a copy of the database alone does not tell it; whoever has the
secret as well reads it. Nothing about a person whom the desk helps is ever sealed here.
"""

from uuid import UUID

from casework.vault.catalogue import SealedField
from casework.vault.encoding import kdf
from casework.vault.field import FieldKey, picked
from casework.vault.plain import Value
from casework.vault.secret import Secret

_LABEL, _VERSION, _NO_TAG = "by server", 1, bytes(8)


def seal(server: bytes, field: SealedField, scope_id: UUID, row_id: UUID, value: Value) -> bytes:
    """Seal a value to its row under the server's secret.

    Args:
        server: the server's secret.
        field: of the scope "server".
        scope_id: the membership that it belongs to.
        row_id: of the row.
        value: what to seal.
    """
    return _key(server, field, scope_id).seal(row_id, value)


def open_sealed(server: bytes, field: SealedField, scope_id: UUID, row_id: UUID, sealed: bytes) -> Value:
    """What `seal` made.

    Raises:
        Refused: it does not open here.
    """
    picked(sealed)
    return _key(server, field, scope_id).open(row_id, sealed)


def _key(server: bytes, field: SealedField, scope_id: UUID) -> FieldKey:
    field.require("server")
    return FieldKey(kdf(Secret(server), _LABEL), _VERSION, field.number, scope_id, _NO_TAG)
