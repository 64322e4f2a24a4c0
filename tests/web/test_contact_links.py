"""Who is linked to a contact is drawn and told as a table; numbers are compared and stand nowhere."""

import pytest
from test_board import VARIES

from waystation_web.contacts import actions, actions_reach

NUMBER, SPACED = "+86 555 0199-1", "8655501991"


@pytest.fixture
def told(office):
    """Reed and Rook have one number, Rook and Heron one name; everything invented."""
    person = office.person(roles={"field_liaison"}, handle="liaison")
    actor = office.actor(person)
    made = {name: actions.keep(actor, {"code_name": name, "aliases": list(more)}) for name, more in {
        "Reed": (), "Rook <i>": ("Ferry <b>",), "Heron": ("ferry <B>",), "Wren": ()}.items()}
    for name, value in (("Reed", NUMBER), ("Rook <i>", SPACED), ("Wren", "1")):
        actions_reach.keep_handle(actor, made[name], {"channel": "phone", "value": value, "safe_hours": ""})
    return made, office.sign_in(person)


def test_links_are_drawn_and_stand_in_a_table_with_steps_and_no_number_stands_anywhere(told):
    made, client = told
    answer = client.get(f"/contacts/{made['Reed'].hex()}/links/")
    text = answer.content.decode()
    page = answer.context["page"]
    assert [(name, steps) for name, steps, _ in page.far] == [("Reed", 0), ("Rook <i>", 1), ("Heron", 2)]
    assert text.count('class="link number" d="M96') == 1 and text.count('class="link name" d="M96') == 1
    assert "the same number or account" in text and "2 steps" in text and "3 numbers that you hold were compared" in text
    said = VARIES.sub("*", text)  # ids and keys of a page are drawn anew each time, and hold any four digits now and then
    assert NUMBER not in said and SPACED not in said and "0199" not in said
    assert "ferry <b>" not in text.lower() and "ferry &lt;b&gt;" in text.lower()  # either spelling of theirs
    assert "Rook &lt;i&gt;</text>" in text
    assert len(page.links) == text.count("<th scope=\"row\"") == 2 and "Wren" not in text.split("<main")[1]


def test_who_shares_nothing_is_said_to_be_linked_to_nobody_as_far_as_one_holds(told):
    made, client = told
    text = client.get(f"/contacts/{made['Wren'].hex()}/links/").content.decode()
    assert "That does not say that nobody is." in text and "<svg class=\"links\"" not in text


def test_who_holds_no_number_is_told_of_none(told, office):
    made, _ = told
    chief = office.sign_in(office.person(roles={"coordinator"}, handle="chief"))
    answer = chief.get(f"/contacts/{made['Reed'].hex()}/links/")
    assert answer.status_code == 404  # came after it was written, and nobody let them read
