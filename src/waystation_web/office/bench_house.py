"""An invented organisation of ten thousand cases with two hundred thousand notes, filled fast, for measuring.

The notes of a case lie in the case's own sealed payload, as `cases.actions_work.add_note` writes them: twenty in each,
with the line that each leaves in the history. Cases are sealed and granted in bulk, by the functions that acts call;
what the acts would have written into the record of acts is left out. One coordinator, who was there first, holds all
cases; twenty came later and were given a share each, and have signed in since. Nobody signs in by words: `session`
begins their sessions. The same payloads lie in clear beside, for `bench_plain`. Everything is invented.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from . import making

CASES, NOTES, SHARE, PEOPLE = 10_000, 20, 500, 20
NOTE = 200           # characters of a note
IN_TRANSACTION = 500
KOREAN = ("상담", "가족", "확인", "전화", "대기", "도착", "출발", "의료", "아이", "겨울", "강변", "다리", "편지",
          "연락", "내일", "저녁", "병원", "약속", "이름", "자료")
PARTICLES = ("", "에서", "가", "를", "도", "은")
ENGLISH = ("river", "night", "rain", "bridge", "letter", "winter", "lamp", "road", "called", "again", "tomorrow",
           "child", "hospital", "waits", "paper", "answer", "the", "and", "with", "from")
PLANTED = ("낙태", "로기완")   # each stands in one case of a hundred; the second is looked for as "Ro Kiwan"
NEEDLE = 100
IN_CLEAR = "plain_vault"
INSERT = f"INSERT INTO {IN_CLEAR} VALUES (%s, %s, %s, %s, %s, %s)"  # noqa: S608  (a name of ours)


@dataclass(frozen=True, slots=True)
class House:
    """The organisation: who holds all cases, who hold a share, and one plan that all of them may open."""

    whole: Any
    share: tuple[Any, ...]
    plan: bytes
    held: tuple[bytes, ...]     # cases of the first share


def make(home: Path, *, database: str, origin: str, cases: int = CASES, tell: Callable[[str], None] = print) -> House:
    """Make and fill it; this process is that office's from now on."""
    making.make(home, organisation="Benchmark (invented)", origin=origin, database=database)
    officer = _first_officer()
    whole, worker = _member(officer, "first", "coordinator"), _member(officer, "worker", "case_worker")
    plan = _plan(whole, worker)
    share = tuple(_member(officer, f"c{number:02}", "coordinator") for number in range(1, PEOPLE + 1))
    _plain_table()
    _hand_on(whole, share)
    held = _fill(whole, share, cases, tell)
    return House(whole, share, plan, tuple(held))


def _first_officer() -> Any:
    """Recovery key and first officer by the acts of the set-up."""
    from waystation.vault.recovery import Recovery, public_text
    from waystation_web.accounts import enrolment, factors, setup, signin
    from waystation_web.vault import people
    from waystation_web.vault.models import Account

    recovery = Recovery.new()
    setup.believe_recovery(public_text(recovery), recovery.public.words)
    aside = setup.describe_first(setup.First("officer", "Officer (invented)", "en", frozenset()))
    setup.first_officer(aside, code=factors.code(enrolment.totp_secret(aside), factors.now_step()), passkey="")
    account = Account.objects.get(pk=bytes.fromhex(aside["account"]))
    return signin.actor_of(account, people.open_with_words(account, aside["words"]))


def _member(officer: Any, handle: str, role: str) -> Any:
    """Somebody certified, whose keys no words open."""
    from waystation.access import Role
    from waystation.vault.keys import Secrets, certify
    from waystation_web.audit.actions import record
    from waystation_web.audit.events import Event
    from waystation_web.gateways import clock
    from waystation_web.gateways.database import writing
    from waystation_web.vault import labels
    from waystation_web.vault.actor import Actor
    from waystation_web.vault.models import Account

    fresh, row, roles = Secrets.new(), os.urandom(16), frozenset({Role(role)})
    with writing():
        Account.objects.create(
            id=row, state=Account.State.ACTIVE, label=labels.seal_label(row, labels.Label(handle, handle, roles)),
            factors=labels.seal_factors(row, labels.Factors()), bundle=fresh.bundle.raw, cert_by=officer.id,
            cert_sig=certify(officer.secrets, row, fresh.bundle))
        record(officer, Event.CERTIFIED, account=row)
    return Actor(row, handle, handle, roles, False, fresh, stepped_up_until=clock.now() + timedelta(hours=8))


def _plan(whole: Any, worker: Any) -> bytes:
    """The invented family, and a plan for it out of the invented route book: the plan's id."""
    from waystation import worlds
    from waystation.network.files import read_book
    from waystation.units import Money
    from waystation_web.cases import actions
    from waystation_web.gateways.database import writing
    from waystation_web.network import actions_import
    from waystation_web.plans import actions_ask, asking

    from .invented import folk

    actions_import.take_in(whole, read_book(worlds.world("long-way")))
    with writing():
        family = actions.begun(worker, folk.family(), taken=set()).id
    told = json.loads(worlds.party("long-way", "family"))["terms"]
    terms = asking.Terms(told["from"], tuple(told["goals"]), date.fromisoformat(told["depart_from"]),
                         date.fromisoformat(told["by"]), Money.parse(told["money"]))
    *_, ended = actions_ask.ask(whole, actions_ask.load(whole, family, terms))
    if not isinstance(ended, actions_ask.Ended) or not ended.plan:
        raise RuntimeError(f"the invented family was refused a plan: {ended}")
    return bytes(ended.plan)


def body(number: int, by: bytes) -> dict[str, Any]:
    """An invented case with its notes, some fifteen kilobytes: every list with the lines that its acts leave."""
    stamp = {"by": by.hex(), "at": f"2026-{number % 11 + 1:02}-{number % 27 + 1:02}T03:10:00+00:00"}
    people = [{"id": f"{number:016x}{k:016x}", "code": f"P{k}", "birth": str(1960 + (number + 17 * k) % 60),
               "sex": str(k % 2 + 1), "needs": ["CR"]} for k in range(3)]
    notes = [{"id": f"{k:016x}", **stamp, "text": note(number * NOTES + k)} for k in range(NOTES)]
    if number % NEEDLE == 0:
        at = number // NEEDLE % NOTES
        notes[at]["text"] = f"{' '.join(PLANTED)} {notes[at]['text']}"[:NOTE]
    tasks = [{"id": f"{k:016x}", **stamp, "text": "Call on the safe channel", "due": f"2027-{k + 1:02}-11",
              "for": by.hex(), "need": "CR"} for k in range(2)]
    timeline = [{"id": f"{k:016x}", **stamp, "kind": "request", "text": text}
                for k, text in enumerate(("received", "accepted", "assessing"))]
    written = ["+people"] * 3 + ["+notes"] * NOTES + ["+tasks"] * 2 + ["+timeline"] * 2
    history = [{**stamp, "what": "wish", "was": {"wish": "(none)"}},
               *({**stamp, "what": what, "fields": [what[1:]]} for what in written)]
    return {"v": 1, "type": "case", "ref": f"B{number:05}", "request_status": "accepted", "status": "assessing",
            "worker": by.hex(), "wish": "To live where the children can learn.",
            "request": {"received_at": stamp["at"], "danger_now": "days", "head_count": 3, "needs": ["CR"],
                        "situation": ["in_hiding"], "requester_kind": "relative_abroad", "story": note(number)},
            "people": people, "notes": notes, "tasks": tasks, "timeline": timeline, "revision": len(history) + 1,
            "made": stamp, "history": history}


def note(number: int) -> str:
    """Two hundred characters, half of the words Korean."""
    words, size, turn = [], 0, number * 7919 + 13
    while size < NOTE:
        turn = (turn * 48271) % 0x7FFFFFFF
        word = ENGLISH[turn // 7 % len(ENGLISH)] if turn % 2 else (
            KOREAN[turn // 7 % len(KOREAN)] + PARTICLES[turn // 1009 % len(PARTICLES)])
        words.append(word)
        size += len(word) + 1
    return " ".join(words)[:NOTE]


def _plain_table() -> None:
    """A table of the vaults in clear, beside the sealed one."""
    from django.db import connection

    from waystation_web.gateways.database import writing

    blob = "bytea" if connection.vendor == "postgresql" else "blob"
    with writing(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {IN_CLEAR} (id {blob} PRIMARY KEY, kind smallint NOT NULL, version integer NOT "
                       f"NULL, rotate_due {'boolean' if blob == 'bytea' else 'bool'} NOT NULL, retain_until date, "
                       f"payload {blob})")


def _in_clear(there: Iterable[Any]) -> list[tuple[object, ...]]:
    """Rows of that table for opened vaults."""
    from waystation.vault.envelope import pack
    return [(one.id, int(one.kind), one.version, False, one.retain_until,
             pack(one.payload)) for one in there]


def _hand_on(whole: Any, share: Sequence[Any]) -> None:
    """Give whoever came later the family, the book and the plan, as they hold it once they have signed in."""
    from django.db import connection

    from waystation.access import Kind
    from waystation_web.gateways.database import writing
    from waystation_web.vault.models import Grant
    from waystation_web.vault.principals import Recipient
    from waystation_web.vault.queries import open_all
    from waystation_web.vault.rotation import grant_row

    people = [(actor, Recipient(actor.id, actor.secrets.bundle)) for actor in share]
    there = [one for kind in (Kind.PEOPLE, Kind.NETWORK, Kind.HOUSE) for one in open_all(whole, kind)]
    with writing(), connection.cursor() as cursor:
        Grant.objects.bulk_create((grant_row(actor, to, one) for one in there for actor, to in people), batch_size=200)
        cursor.executemany(INSERT, _in_clear(there))


def _fill(whole: Any, share: Sequence[Any], cases: int, tell: Callable[[str], None]) -> list[bytes]:
    """Seal all cases and give them to whoever holds them: the ids of those of the first share."""
    from django.db import connection

    from waystation.access import Kind
    from waystation.vault.envelope import new_id, new_key
    from waystation_web.gateways.database import writing
    from waystation_web.vault.models import Grant, Vault
    from waystation_web.vault.principals import Recipient, recovery_recipient
    from waystation_web.vault.queries import Opened
    from waystation_web.vault.rotation import grant_row, sealed_payload

    each, recovery, first = max(1, min(SHARE, cases // PEOPLE)), recovery_recipient(), list[bytes]()
    people = [Recipient(actor.id, actor.secrets.bundle) for actor in (whole, *share)]
    for start in range(0, cases, IN_TRANSACTION):
        vaults, grants, plain = [], [], []
        for number in range(start, min(start + IN_TRANSACTION, cases)):
            vault, turn = new_id(), 1 + number // each % PEOPLE
            payload = {**body(number, people[turn].id), "id": vault.hex()}
            fresh = Opened(vault, Kind.PEOPLE, 1, payload, new_key(), b"", rotate_due=False, retain_until=None)
            vaults.append(Vault(id=vault, kind=fresh.kind, version=1, payload=sealed_payload(fresh)))
            grants += [grant_row(whole, people[0], fresh), grant_row(share[turn - 1], people[turn], fresh),
                       grant_row(whole, recovery, fresh)]
            plain.append(fresh)
            first += [vault] * (turn == 1)
        with writing(), connection.cursor() as cursor:
            Vault.objects.bulk_create(vaults, batch_size=200)
            Grant.objects.bulk_create(grants, batch_size=200)
            cursor.executemany(INSERT, _in_clear(plain))
        tell(f"{min(start + IN_TRANSACTION, cases):,} of {cases:,} cases, {NOTES} notes in each")
    return first


def session(actor: Any) -> tuple[str, str]:
    """A session as the sign-in begins it: name and value of the cookie. The office it is for must be open already."""
    from django.http import HttpResponse

    from waystation_web.accounts import sessions

    answer = HttpResponse()
    sessions.begin(answer, actor.id, actor.secrets, factor=sessions.TOTP, stepped_up=False)
    return sessions.cookie_name(), str(answer.cookies[sessions.cookie_name()].value)
