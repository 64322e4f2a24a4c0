"""What each act of the record is called on a page."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.access import WHY

from .events import Event

ACTS = {
    Event.SIGNED_IN: _("signed in"),
    Event.SIGNED_OUT: _("signed out"),
    Event.STEPPED_UP: _("confirmed who they are"),
    Event.WRONG_FACTOR: _("wrong digits or key at sign-in"),
    Event.WRONG_WORDS: _("wrong passphrase after a right factor"),
    Event.SESSION_ENDED: _("a session was ended"),
    Event.INVITED: _("invited"),
    Event.ENROLLED: _("enrolled"),
    Event.CERTIFIED: _("certified the keys of"),
    Event.LOCKED: _("locked"),
    Event.UNLOCKED: _("unlocked"),
    Event.REMOVED: _("removed"),
    Event.ROLES_CHANGED: _("changed the roles of"),
    Event.FACTOR_RESET: _("gave a new one-time code to"),
    Event.WORDS_CHANGED: _("changed the passphrase"),
    Event.SETTINGS_CHANGED: _("changed settings"),
    Event.VAULT_CREATED: _("made a record"),
    Event.VAULT_READ: _("read a record"),
    Event.VAULT_WRITTEN: _("wrote a record"),
    Event.GRANTED: _("shared a record with"),
    Event.GRANT_ENDED: _("ended the reading of"),
    Event.HOLDERS: _("further holders of a record"),
    Event.SETTLED: _("took what was shared under their own key"),
    Event.ROTATED: _("gave a record a new key"),
    Event.SHREDDED: _("destroyed a record"),
    Event.HELD: _("put a record under a hold"),
    Event.HOLD_ENDED: _("ended the hold of a record"),
    Event.FILE_ADDED: _("added a file"),
    Event.FILE_READ: _("saved a file"),
    Event.LIST_READ: _("read a list"),
    Event.SEARCHED: _("searched"),
    Event.PLAN_READ: _("read a plan"),
    Event.MANY_READ: _("opened very many records in an hour"),
    Event.REFUSED: _("was refused"),
    Event.PIN_MISMATCH: _("the record did not lead on from what they saw last"),
    Event.BAD_GRANT: _("found a share that does not verify"),
    Event.WITNESS: _("countersigned the record"),
    Event.AUDIT_READ: _("read this record of acts"),
    Event.AUDIT_CHECKED: _("checked this record of acts"),
    Event.SLIP_GIVEN: _("gave a slip of this record to a witness outside"),
    Event.AUDIT_SHARED: _("gave past days of the record to"),
    Event.RECOVERY_SET: _("set the recovery key"),
    Event.HOST_KEY_CHANGED: _("the host key was changed at the console"),
    Event.OFFICER_ADDED: _("made a key officer of"),
    Event.ASKED_FOR_SECOND: _("signed, and asked for a second signature"),
    Event.SIGNED_SECOND: _("signed as the second person"),
    Event.DECIDED: _("decided"),
    Event.IMPORTED: _("imported rows"),
    Event.IMPORT_UNDONE: _("took an import back"),
    Event.EXPORTED: _("exported a sealed bundle"),
    Event.CONSENT_WITHDRAWN: _("wrote down that consent was withdrawn"),
    Event.VITAL_INTEREST: _("acted in somebody's vital interest"),
    Event.REFERRED: _("referred a case"),
    Event.PAID: _("wrote down a payment"),
    Event.PLAN_ASKED: _("opened what a plan is made from"),
    Event.TAKEOUT_RELEASED: _("released a sealed takeout of everything"),
    Event.TAKEOUT_MADE: _("wrote down that a takeout was made"),
    Event.RESTORED: _("restored the office from a backup"),
    Event.RECOVERY_ASKED: _("asked the custodians of the recovery key for records for"),
    Event.RECOVERY_DONE: _("took in what the custodians gave back to"),
    Event.RECOVERED: _("gave a record back, by the recovery key, to"),
    Event.PUBLISHED: _("published a story"),
    Event.TAKEN_BACK: _("took a story back from the public"),
    Event.DAY_SAID: _("said which day it is, when the clock was in doubt"),
    Event.LEFT_DEMONSTRATION: _("left the demonstration: real people may be written down"),
}


def act(event: Event | None) -> str:
    """An act in words; an act without words would be a fault of this file, and its name is shown."""
    return str(ACTS.get(event, event or "")) if event is not None else ""


def reason(event: Event | None, why: str) -> str:
    """What was given as a reason; of a refusal, the sentence that the person was told."""
    return gettext(WHY[why]) if event is Event.REFUSED and why in WHY else why
