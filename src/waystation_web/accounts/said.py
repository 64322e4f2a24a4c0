"""Short sentences after an act, by a word of a fixed list in the address: nothing else can be put into the page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

DONE = {
    "confirmed": _("Confirmed. You have five minutes for what needs it."),
    "words": _("Your new passphrase counts from now on. Destroy the old one."),
    "totp": _("The app's digits count from now on."),
    "passkey": _("Your passkeys were changed."),
    "settings": _("Saved."),
    "trust": _("Confirmed. This is not shown again until the file changes."),
    "certified": _("Confirmed. This colleague can sign in and be given records."),
    "locked": _("Locked. Every session of this account has ended."),
    "unlocked": _("Unlocked."),
    "removed": _("Removed. What this account held gets new keys as colleagues sign in."),
    "roles": _("The roles were changed."),
    "enrolled": _("Your key is registered. You can sign in."),
}
WRONG = _("That did not open. Check every part and send it again.")
WAIT = _("That did not open. Wait before you try again.")
BUSY = _("Busy. Nothing was tried. Send it again in a minute.")
ENDED = _("This code or page is used up or too old. Start again.")


def done(request: HttpRequest) -> str:
    """The sentence for `?done=<word>`; empty for any other word."""
    return str(DONE.get(request.GET.get("done", ""), ""))
