"""Every answer of the office carries its headers, and each value is one that a browser understands."""

from http.cookies import SimpleCookie

import pytest
from header_grammar import GRAMMAR, MUST, cookie_faults, faults

from waystation_web.middleware import HEADERS

GOOD = {**HEADERS, "Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"}


def test_the_office_s_own_values_are_sound():
    assert faults(GOOD) == []


@pytest.mark.parametrize(("name", "value"), [
    ("Cross-Origin-Embedder-Policy", "same-origin"),  # looks right, and switches the protection off
    ("Cross-Origin-Opener-Policy", "same origin"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("X-Content-Type-Options", "no-sniff"),
    ("Referrer-Policy", "same-site"),
    ("X-Frame-Options", "SAME-ORIGIN"),
    ("Cache-Control", "no-store, max-age"),
    ("Permissions-Policy", "camera=none"),
    ("Permissions-Policy", "camera=()"),
    ("Content-Security-Policy", HEADERS["Content-Security-Policy"].replace("script-src 'self'", "script-src self")),
    ("Content-Security-Policy", HEADERS["Content-Security-Policy"].replace("'self'", "'self' 'unsafe-inline'", 1)),
    ("Content-Security-Policy", HEADERS["Content-Security-Policy"].replace("style-src", "styles-src")),
    ("Content-Security-Policy", HEADERS["Content-Security-Policy"].replace("form-action 'self'; ", "")),
    ("Content-Security-Policy", HEADERS["Content-Security-Policy"].replace("img-src 'self'", "img-src https:")),
    ("Content-Type", "text/html"),
    ("Content-Disposition", 'attachment; filename="names.ods"'),
    ("Server", "anything"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),  # without TLS
])
def test_a_value_that_no_browser_would_heed_is_found(name, value):
    assert any(fault.lower().startswith(name.lower()) for fault in faults(GOOD | {name: value}))


@pytest.mark.parametrize("name", MUST)
def test_a_missing_header_is_found(name):
    assert f"{name} is missing" in faults({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(("cookie", "why"), [
    ("s=1; Path=/; SameSite=Strict", "HttpOnly"), ("s=1; Path=/; HttpOnly", "SameSite"),
    ("s=1; Path=/; HttpOnly; SameSite=Lax", "SameSite"), ("s=1; Path=/a; HttpOnly; SameSite=Strict", "Path"),
    ("s=1; Path=/; HttpOnly; SameSite=Strict; Domain=localhost", "Domain"),
    ("s=1; Path=/; HttpOnly; SameSite=Strict; Secure", "Secure"),
    ("__Host-s=1; Path=/; HttpOnly; SameSite=Strict", "__Host-"),
])
def test_a_cookie_that_is_too_open_is_found(cookie, why):
    (name, morsel), = SimpleCookie(cookie).items()
    assert any(why in fault for fault in cookie_faults(name, morsel, encrypted=False))
    sound = SimpleCookie("s=1; Path=/; HttpOnly; SameSite=Strict")["s"]
    assert cookie_faults("s", sound, encrypted=False) == []


def test_every_header_that_must_be_there_has_a_grammar():
    assert {name.lower() for name in MUST} <= set(GRAMMAR)
