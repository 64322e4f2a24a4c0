"""Doors of the house itself: signing in, one's own account, colleagues, the record of acts, notes, and the invented plan."""

from secrets import token_hex

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from doors import anybody, roles
from world import secret_on

from waystation.access import Role
from waystation.evidence.slip import slip_of, text
from waystation_web.vault import people
from waystation_web.vault.models import Account

WATCHERS = {Role.AUDITOR, Role.SECURITY_OFFICER}


def everybody(status):
    """Whoever asks, signed in or not."""
    return lambda _: {status}


def granted(status, stepped_up=None):
    """Whoever holds the note; for everybody else there is none."""
    return lambda who: {401} if who.outside else {404} if not who.granted else {
        stepped_up if who.stepped_up and stepped_up else status}


def officers(status, *, without=403):
    """Security officers who have confirmed who they are."""
    return lambda who: {401} if who.outside else {
        status if who.role is Role.SECURITY_OFFICER and who.stepped_up else without}


def nobody_who_is_in(status):
    return lambda who: status if who.outside else {302}


def new_words(ids):
    """A new passphrase as its page shows it, typed back."""
    page = ids.client.post(reverse("me-words"), {"act": "draw"}) if ids.stage else None
    if page is None or page.status_code != 200 or "drawn" not in page.context:
        return {"words": "x", "token": "x"}
    ids.words = page.context["drawn"].shown
    return {"words": ids.words, "token": page.context["drawn"].token}


def new_digits(ids):
    """A new secret as its page shows it, proved by its first digits."""
    from waystation_web.accounts import factors

    page = ids.client.get(reverse("me-totp")) if ids.stage else None
    if page is None or page.status_code != 200 or "drawn" not in page.context:
        return {"code": "000000", "token": "x"}
    ids.stage.office.pass_time(seconds=30)
    return {"code": factors.code(secret_on(page.context["drawn"].address), factors.now_step()), "token": page.context["drawn"].token}


TABLE = {
    "home": {"GET": anybody(200)},
    "sign-in": {"GET": nobody_who_is_in({200}), "POST": everybody(403)},  # with wrong words; with the right ones: test_signin
    "passkey-options": {"POST": everybody(200)},
    "sign-out": {"POST": everybody(302)},
    "leave": {"POST": everybody(302)},
    "blank": {"GET": everybody(200)},
    "language": {"POST": everybody(302)},
    "step-up": {"GET": anybody(200), "POST": anybody(302)},
    "set-up": {"GET": everybody(404), "POST": everybody(404)},
    "enrol": {"GET": everybody(200), "POST": everybody(403)},  # with no code of an invitation; with one: test_people
    "enrol-passkey": {"POST": everybody(404)},
    "me": {"GET": anybody(200)},
    "me-words": {"GET": anybody(200), "POST": anybody(403, stepped_up=302)},
    "me-totp": {"GET": anybody(403, stepped_up=200), "POST": anybody(403, stepped_up=302)},
    "me-passkey": {"POST": anybody(403, stepped_up=200)},
    "me-settings": {"POST": anybody(302)},
    "me-trust": {"POST": anybody(302)},
    "lock-me": {"POST": anybody(302)},
    "people": {"GET": anybody(200)},
    "invite": {"GET": officers(200), "POST": officers(200)},
    "person": {"GET": anybody(200)},
    "certify": {"POST": anybody(403)},  # a security officer is no key officer; anna, who is one, comes apart below
    "lock": {"POST": anybody(302)},
    "unlock": {"POST": officers(302)},
    "remove": {"POST": officers(302)},
    "roles": {"POST": officers(302)},
    "reset-factor": {"POST": officers(200)},
    "audit-log": {"GET": roles(WATCHERS, 200)},
    "audit-check": {"GET": roles(WATCHERS, 200)},
    "audit-slip": {"GET": roles(WATCHERS, 200), "POST": roles(WATCHERS, 200)},
    "audit-slip-check": {"POST": roles(WATCHERS, 200)},
    "notes": {"GET": anybody(200), "POST": anybody(200)},
    "note-new": {"GET": anybody(200), "POST": anybody(302)},
    "note": {"GET": granted(200), "POST": granted(302)},
    "note-share": {"POST": granted(302)},
    "note-end": {"POST": granted(302)},
    "note-shred": {"POST": granted(403, stepped_up=302)},
    "note-file-add": {"POST": granted(302)},
    "note-file": {"GET": granted(200)},
    "plan": {"GET": roles({Role.COORDINATOR}, 200, others=404), "POST": roles({Role.COORDINATOR}, 302)},
    "plan-style": {"GET": everybody(200)},
}
SENT = {
    "sign-in": lambda _: {"handle": f"h{token_hex(4)}", "code": "000000", "words": "no such words"}, "enrol": {"code": "none"},
    "language": {"language": "ko"}, "me-settings": {"language": "en", "theme": "dark"},
    "step-up": lambda ids: {"words": ids.words}, "me-words": new_words, "me-totp": new_digits,
    "invite": {"handle": "newcomer9", "name": "New", "language": "en", "roles": ["finance"]},
    "certify": lambda ids: {"words": people.fingerprint(Account.objects.get(pk=bytes.fromhex(ids["account"]))) if ids.stage else "x"},
    "audit-slip": {"as": "paper"}, "audit-slip-check": {"slip": text(slip_of(bytes(16), 7, bytes(32)))},
    "unlock": {"reason": "x"}, "remove": {"reason": "x"}, "roles": {"roles": "researcher"},
    "note-new": {"title": "a", "text": "b"}, "note": {"title": "a", "text": "c", "revision": "1"},
    "note-share": lambda ids: {"colleague": ids.person("scout"), "reason": "x", "compared": "on"},
    "note-end": lambda ids: {"colleague": ids.person("third")}, "note-shred": {"sure": "on"},
    "note-file-add": lambda _: {"file": SimpleUploadedFile("b", b"more")},
}
# What only asks, or acts on the session alone; the invented plan takes seconds, and is made in test_plans.
ASKS = ("passkey-options", "language", "me-passkey", "me-trust", "notes", "plan", "sign-out", "leave", "step-up",
        "audit-slip", "audit-slip-check")
LAST = ("note-shred", "me-totp", "me-words", "step-up", "lock", "lock-me", "leave", "sign-out")  # after all others, in this order
