"""Every act that the record knows. A value is never re-used for another act: old entries are read by it."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """What was done, tried or found."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    STEPPED_UP = "stepped_up"
    WRONG_FACTOR = "wrong_factor"
    WRONG_WORDS = "wrong_words"
    SESSION_ENDED = "session_ended"
    INVITED = "invited"
    ENROLLED = "enrolled"
    CERTIFIED = "certified"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    REMOVED = "removed"
    ROLES_CHANGED = "roles_changed"
    FACTOR_RESET = "factor_reset"
    WORDS_CHANGED = "words_changed"
    SETTINGS_CHANGED = "settings_changed"
    VAULT_CREATED = "vault_created"
    VAULT_READ = "vault_read"
    VAULT_WRITTEN = "vault_written"
    GRANTED = "granted"
    GRANT_ENDED = "grant_ended"
    HOLDERS = "holders"
    SETTLED = "settled"
    ROTATED = "rotated"
    SHREDDED = "shredded"
    HELD = "held"
    HOLD_ENDED = "hold_ended"
    FILE_ADDED = "file_added"
    FILE_READ = "file_read"
    LIST_READ = "list_read"
    SEARCHED = "searched"
    PLAN_READ = "plan_read"
    MANY_READ = "many_read"
    REFUSED = "refused"
    PIN_MISMATCH = "pin_mismatch"
    BAD_GRANT = "bad_grant"
    WITNESS = "witness"
    AUDIT_READ = "audit_read"
    AUDIT_CHECKED = "audit_checked"
    AUDIT_SHARED = "audit_shared"
    RECOVERY_SET = "recovery_set"
    HOST_KEY_CHANGED = "host_key_changed"
    OFFICER_ADDED = "officer_added"
    ASKED_FOR_SECOND = "asked_for_second"
    SIGNED_SECOND = "signed_second"
    DECIDED = "decided"
    IMPORTED = "imported"
    IMPORT_UNDONE = "import_undone"
    EXPORTED = "exported"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    VITAL_INTEREST = "vital_interest"
    REFERRED = "referred"
    PAID = "paid"
    PLAN_ASKED = "plan_asked"
    TAKEOUT_RELEASED = "takeout_released"
    TAKEOUT_MADE = "takeout_made"
    RESTORED = "restored"
    RECOVERY_ASKED = "recovery_asked"
    RECOVERY_DONE = "recovery_done"
    RECOVERED = "recovered"
    LEFT_DEMONSTRATION = "left_demonstration"
    PUBLISHED = "published"
    TAKEN_BACK = "taken_back"
    SLIP_GIVEN = "slip_given"
    DAY_SAID = "day_said"


# What an entry says of the rows as they stand after the act, so that an older row put back does not fit the record.
ACCOUNT_COLUMNS = {
    Event.INVITED: ("state", "label"),
    Event.ENROLLED: ("state", "label", "slot", "factors", "bundle", "cert", "key"),
    Event.CERTIFIED: ("cert",),
    Event.LOCKED: ("state",),
    Event.UNLOCKED: ("state",),
    Event.REMOVED: ("state", "slot", "factors"),
    Event.FACTOR_RESET: ("factors",),
    Event.ROLES_CHANGED: ("label",),
    Event.SETTINGS_CHANGED: ("label",),
    Event.WORDS_CHANGED: ("slot", "bundle", "cert", "key"),
    Event.RECOVERY_ASKED: ("label",),
    Event.RECOVERY_DONE: ("label",),
}
VAULT_CHANGED = frozenset({Event.VAULT_CREATED, Event.VAULT_WRITTEN, Event.GRANTED, Event.GRANT_ENDED, Event.ROTATED,
                           Event.FILE_ADDED, Event.RECOVERED})
NEW_KEY_OF_THE_DAY = frozenset({Event.REMOVED, Event.LOCKED, Event.ROLES_CHANGED,  # a former reader knows today's
                                Event.RECOVERY_SET})
NEW_READERS = frozenset({Event.CERTIFIED, Event.ROLES_CHANGED, Event.UNLOCKED, Event.OFFICER_ADDED})
