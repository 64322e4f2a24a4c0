"""Every answer of the office carries its headers, and each value is one that a browser understands."""

import re
from http.cookies import SimpleCookie

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import override_settings
from django.urls import reverse
from header_grammar import GRAMMAR, MUST, cookie_faults, faults
from markup import Page
from tour import Tour

from waystation_web.middleware import HEADERS
from waystation_web.notes import queries
from waystation_web.vault.errors import Refused
from waystation_web.vault.models import File

pytestmark = pytest.mark.once

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


def answers(office):
    """Real answers of every kind: static files, downloads, refusals, failures, and each page of a whole walk."""
    anna = office.sign_in(office.people["anna"], stepped_up=True)
    found = {f"{name}, an officer": anna.get(reverse(name)) for name in ("audit-log", "audit-check", "invite", "me-totp")}
    chief, nobody = office.sign_in(office.people["anna"]), office.client()
    note = chief.post(reverse("note-new"), {"title": "a", "text": "b"})["Location"].split("?")[0]
    chief.post(f"{note}files/", {"file": SimpleUploadedFile("a.txt", b"x" * 100_000)})
    file = f"{note}files/{File.objects.get().pk.hex()}/"
    return found | {
        "static style": nobody.get("/static/office/office.css"), "static script": nobody.get("/static/office/office.js"),
        "static picture": nobody.get("/static/office/icon.svg"), "no such static": nobody.get("/static/nothing.css"),
        "plan style": nobody.get(reverse("plan-style")), "door": nobody.get("/sign-in/"), "blank": nobody.get("/blank/"),
        "bad host": nobody.get("/", HTTP_HOST="x.example"), "not in": nobody.get("/"), "no page": nobody.get("/nothing/"),
        "no method": chief.put(note), "cross-site": chief.post(note, HTTP_SEC_FETCH_SITE="cross-site"),
        "no token": office.client(csrf=True).post("/sign-in/", {}), "wrong words": nobody.post("/sign-in/", {"handle": "x"}),
        "bad form": chief.post(note, {}), "conflict": chief.post(note, {"title": "a", "text": "b", "revision": 9}),
        "step up": chief.post(f"{note}shred/", {"sure": "on"}), "download": chief.get(file),
        "part": chief.get(file, HTTP_RANGE="bytes=10-19"), "no such part": chief.get(file, HTTP_RANGE="bytes=900000-"),
        "too many fields": chief.post(note, {f"f{k}": "x" for k in range(500)}),
        "moved": chief.post(reverse("note-new"), {"title": "a", "text": "b"}), "out": chief.post("/sign-out/"),
        "left": office.sign_in(office.people["anna"]).post("/leave/"), **walked(office),
    }


def walked(office):
    """A whole walk; it comes last, for whoever takes every step also locks their colleagues."""
    chief = office.sign_in(office.person(roles={"coordinator"}, handle="chief"))
    office.person(roles={"case_worker"}, handle="mate")
    tour = Tour("words")
    tour.walk(chief)
    return {f"{name} {method} {status}": answer for (name, method, status), answer in tour.answers.items()}


def broken_answers(office, monkeypatch):
    """What becomes of a full disk, a changed row and a fault that nobody foresaw."""
    client = office.sign_in(office.person(roles={"coordinator"}, handle="late"))
    client.raise_request_exception = False
    note = client.post(reverse("note-new"), {"title": "a", "text": "b"})["Location"].split("?")[0]
    found = {}
    for what, why in (("full", OperationalError("database or disk is full")), ("changed row", Refused("tag")),
                      ("unforeseen", RuntimeError("x"))):
        with monkeypatch.context() as here:
            here.setattr(queries, "page", lambda *asked, why=why: (_ for _ in ()).throw(why))
            found[what] = client.get(note)
    return found


STATUSES = {"full": 503, "changed row": 409, "unforeseen": 500, "bad host": 400, "not in": 401, "no page": 404, "no method": 405,
            "cross-site": 403, "no token": 403, "bad form": 400, "conflict": 409, "step up": 403, "download": 200, "part": 206,
            "no such part": 416, "too many fields": 400, "moved": 302, "out": 302, "left": 302, "static style": 200,
            "no such static": 404}


@pytest.mark.promise("P17")
def test_every_answer_of_every_kind_carries_sound_headers(office, monkeypatch):
    found = broken_answers(office, monkeypatch) | answers(office)
    for answer in found.values():
        answer.close()
    assert {what: found[what].status_code for what in STATUSES} == STATUSES
    wrong = {what: why for what, answer in found.items() if (why := faults(answer.headers))}
    assert wrong == {}
    kept = {what for what, answer in found.items() if answer.headers["Cache-Control"] != "no-store"}
    assert kept <= {"static style", "static script", "static picture"}
    assert found["download"].headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert [found[what].headers.get("Clear-Site-Data") for what in ("out", "left", "moved")] == ['"*"', '"*"', None]
    cookies = [(name, morsel) for answer in found.values() for name, morsel in answer.cookies.items()]
    assert [fault for name, morsel in cookies for fault in cookie_faults(name, morsel, encrypted=False)] == []
    assert len(cookies) > 5 and len(found) > 50


def test_over_tls_transport_security_and_host_cookies_are_added(office):
    from dataclasses import replace

    from django.conf import settings

    with override_settings(INSTALLATION=replace(settings.INSTALLATION, origin="https://office.example"),
                           ALLOWED_HOSTS=["office.example"]):
        answer = office.client().get("/sign-in/", HTTP_HOST="office.example", secure=True)
        assert faults(answer.headers, encrypted=True) == []
        entered = office.client().post("/sign-in/", {
            "handle": "anna", "code": office.code(office.people["anna"]), "words": office.people["anna"].words,
        }, HTTP_HOST="office.example", secure=True)
        assert "__Host-s" in entered.cookies
        assert cookie_faults("__Host-s", entered.cookies["__Host-s"], encrypted=True) == []


def test_an_answer_without_the_layer_of_headers_is_found(office):
    from django.conf import settings

    with override_settings(MIDDLEWARE=settings.MIDDLEWARE[1:]):
        assert faults(office.client().get("/sign-in/").headers)


@pytest.mark.promise("P17")
def test_no_page_asks_for_an_exception_from_its_policy(office):
    chief = office.sign_in(office.person(roles={"coordinator"}, handle="chief"))
    office.person(roles={"case_worker"}, handle="mate")
    tour = Tour("words")
    tour.walk(chief)
    assert len(tour.pages) > 20
    for html in tour.pages:
        assert exceptions_in(html) == []


def exceptions_in(html):
    """What a strict policy would stop, or what a script library would run."""
    page, found = Page(html), []
    for tag, names in page.elements:
        found += [f"{tag} {name}" for name in names if name == "style" or name.startswith(("on", "hx-on"))]
        found += [tag] if tag in {"style", "iframe", "object", "embed", "base"} else []
    found += [script for script in re.findall(r"<script\b[^>]*>(?=[^<])", html) if script]
    found += re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', html)
    return found


@pytest.mark.parametrize("html", ["<p style='a'>", "<script>x</script>", "<p onclick=x>", "<b hx-on:click=x>", "<style>", "<iframe>",
                                  '<script src="https://x.example/a.js"></script>', '<img src="//x.example/a">', "<base href=x>"])
def test_an_exception_is_found(html):
    assert exceptions_in(html)
