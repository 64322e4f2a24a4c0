"""Who is named in a letter, decided without an office: a yes for this addressee, no no anywhere; and who is owed a correction."""

from datetime import UTC, date, datetime, timedelta

import pytest

from waystation.appeals.addressees import ADDRESSEES
from waystation.appeals.after import Corrected, Told, owed
from waystation.appeals.draft import draft
from waystation.appeals.facts import Facts
from waystation.appeals.people import Person, naming_of
from waystation.casework.consent import Row, Said

DAY, NOW = date(2030, 5, 1), datetime(2030, 5, 1, tzinfo=UTC)


def row(purpose="un", recipient="un_body", said=Said.YES, country=""):
    return Row(person="a", purpose=purpose, recipient=recipient, data=frozenset({"name"}), said=said, day=DAY, country=country,
               interpreter_is_broker=False, guardian_agrees=True)


def named(to, *rows, state="TH", **more):
    return naming_of(Person(**{"id": "a", "child": False, "name": "x", "rows": rows, **more}), ADDRESSEES[to], state, DAY).named


@pytest.mark.refuses("H-06")
def test_a_body_that_tells_the_state_needs_both_yeses_and_a_no_outweighs_them():
    both = row(), row("state", "host_state", country="TH")
    assert named("UNHCR", row()) and named("WGEID", *both)
    assert not named("WGEID", row()) and not named("WGEID", *both, state="LA")
    assert not named("UNHCR", row(), signed=False) and not named("UNHCR", row(said=Said.WITHDRAWN), signed=True)
    assert not named("UNHCR")


@pytest.mark.refuses("H-05", "H-23")
def test_what_they_signed_names_them_to_the_united_nations_alone_and_no_child_without_what_is_best_for_it():
    assert named("UNHCR", signed=True) and not named("STATE", signed=True) and not named("ROK", signed=True)
    assert not named("UNHCR", row(), child=True) and not named("UNHCR", row(), child=None)
    assert named("UNHCR", row(), child=True, best_by_two=True)


@pytest.mark.refuses("H-48")
def test_everybody_who_was_told_before_is_owed_a_correction():
    told = [Told("a", NOW), Told("b", NOW), Told("c", NOW + timedelta(days=2))]
    assert owed(told, [Corrected("x", NOW + timedelta(days=1))]) == (("x", "a"), ("x", "b"))


@pytest.mark.parametrize(("language", "of_annexes"), [("en", ""), ("ko", "en")])
def test_the_memo_is_annexed_in_the_language_of_its_sources_and_a_letter_in_another_says_so(language, of_annexes):
    about = Facts(kind="capture", day=DAY, state="LA", place="Vientiane", people="x", demands=("no_return",))
    written = draft(about, ADDRESSEES["WGAD"], language, DAY)
    assert written.annex_language == of_annexes and written.annexes[0].heading.startswith("Memo on the prohibition of return: ")
    assert not draft(about, ADDRESSEES["UNHCR"], language, DAY).annex_language  # a notice has none
