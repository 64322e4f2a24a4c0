"""Keys of one letter: a list of them stands on Today and on the board, until somebody switches them off for themselves."""

from django.urls import reverse

from waystation_web.vault import labels
from waystation_web.vault.models import Account

HELP = ('<dialog id="keys"', "office/keys.mjs", 'data-keys="gt"')


def shown(client, name):
    page = client.get(reverse(name)).content.decode()
    return {part in page for part in HELP}


def test_the_list_of_keys_stands_where_they_work_and_is_gone_when_they_are_off(office):
    heron = office.person(roles={"coordinator"}, handle="heron")
    client = office.sign_in(heron)
    assert shown(client, "home") == shown(client, "board") == {True} and shown(client, "notes") == {False}
    form = client.get(reverse("me")).content.decode()
    assert 'name="keys"' in form and "checked" in form.partition('name="keys"')[2].partition(">")[0]
    client.post(reverse("me-settings"), {"language": "en", "theme": ""})
    assert shown(client, "home") == shown(client, "board") == {False}
    client = office.sign_in(heron)  # anew: the choice is theirs, not that session's
    assert shown(client, "home") == {False}
    client.post(reverse("me-settings"), {"language": "en", "theme": "", "keys": "on"})
    assert shown(client, "home") == {True}


def test_each_switches_off_their_own(office):
    one, other = (office.person(roles={"coordinator"}, handle=handle) for handle in ("heron", "wren"))
    office.sign_in(one).post(reverse("me-settings"), {"language": "en", "theme": ""})
    assert shown(office.sign_in(other), "board") == {True}


def test_whoever_worked_here_before_there_were_keys_has_them(office, monkeypatch):
    heron = office.person(roles={"coordinator"}, handle="heron")
    real = labels._open

    def older(*given):
        return {name: value for name, value in real(*given).items() if name != "keys"}

    assert real(heron.id, "label", labels.LABEL_BYTES, Account.objects.get(pk=heron.id).label)["keys"] is True
    monkeypatch.setattr(labels, "_open", older)
    assert labels.read_label(Account.objects.get(pk=heron.id)).keys is True


def test_no_key_signs_pays_or_sends(office):
    """Every line of the list is a link to a page, or one of the moves within the list; nothing of it is a form."""
    page = office.sign_in(office.person(roles={"coordinator"}, handle="heron")).get(reverse("board")).content.decode()
    keys = page.partition('<dialog id="keys"')[2].partition("</dialog>")[0]
    assert "<form" not in keys and "<button" in keys and keys.count("<li>") == 12


def test_a_role_sees_only_keys_to_pages_that_it_has(office):
    page = office.sign_in(office.person(roles={"case_worker"}, handle="heron")).get(reverse("home")).content.decode()
    assert 'data-keys="gc"' in page and 'data-keys="gr"' not in page and 'data-keys="gp"' not in page
