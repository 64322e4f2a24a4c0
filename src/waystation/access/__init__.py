"""Who may do what in an office: roles, kinds of sealed records, default grants, and one question, `may`.

The lock on a record is its key, and only a grant gives it. What stands here is the rest: which roles are given which
records from the start, which roles one person may not unite, and what somebody who does hold the key still may not do.
Plain values in, a decision with its sentence out; nothing is read, nothing is kept.

`roles` holds the table of records and roles, `decisions` the acts and the answer to each.
"""

from waystation.access.decisions import (
    STEP_UP,
    STEP_UP_TYPES,
    WHY,
    Allowed,
    Facts,
    Member,
    NotAllowed,
    Permission,
    may,
)
from waystation.access.roles import (
    TABLE,
    TYPES,
    WRITERS,
    Holding,
    Kind,
    Refusal,
    Role,
    assigned_roles,
    check_roles,
    default_kinds,
    default_roles,
    holding,
)

__all__ = [
    "STEP_UP",
    "STEP_UP_TYPES",
    "TABLE",
    "TYPES",
    "WHY",
    "WRITERS",
    "Allowed",
    "Facts",
    "Holding",
    "Kind",
    "Member",
    "NotAllowed",
    "Permission",
    "Refusal",
    "Role",
    "assigned_roles",
    "check_roles",
    "default_kinds",
    "default_roles",
    "holding",
    "may",
]
