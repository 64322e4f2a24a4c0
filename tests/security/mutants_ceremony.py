"""Guards of the recovery ceremony, removed one at a time: at the offline machine, at the office's console, in the record."""

from mutant import Mutant

CORE = "tests/security/test_ceremony.py"


def _core(name, old, new, test, refuses=""):
    return Mutant(name, "waystation/vault/ceremony.py", old, new, f"{CORE}::{test}", refuses)


def _offline(name, old, new, test, refuses=""):
    return Mutant(name, "waystation/cli/ceremony.py", old, new, f"{CORE}::{test}", refuses)


BITS = "test_each_changed_bit_of_a_request_and_of_an_answer_is_refused"
REQUEST = "test_a_request_that_is_none_is_named"
ANSWER = "test_an_answer_that_is_none_is_named_even_if_it_is_signed"
FORGED = "test_what_nobody_entitled_granted_is_left_out_and_named"

OFFLINE = [
    _core("sheets of any key answer", 'if key_of(public) != request.key:\n        raise Refused("key", f"these',
          'if False:\n        raise Refused("key", f"these', "test_the_sheets_of_another_key_are_told_by_its_words"),
    _core("any country", 'if not all(map(country_fits, countries)):\n        raise Refused("country"',
          'if False:\n        raise Refused("country"', "test_a_country_is_a_word_that_the_record_has_room_for"),
    _core("an answer with nothing in it", 'if not given:\n        raise Refused("nothing"', 'if False:\n        raise Refused("nothing"', FORGED),
    _core("any granter of what comes back", 'if one is None or not certified(one.certificate, one.id, one.bundle, request.officers):\n'
          '            raise Refused("certificate")', "if one is None:\n            return bytes(32)", FORGED),
    _core("a file that ends early", 'if self.at > len(self.data):\n            raise Refused("short"', 'if False:\n            raise Refused("short"', REQUEST),
    _core("a file that goes on", 'if self.at != len(self.data) or len({one.vault for one in found}) != len(found):\n            raise Refused("length"',
          'if False:\n            raise Refused("length"', REQUEST),
    _core("grants of any form", 'if form not in forms:\n            raise Refused("form"', 'if form not in SIZES:\n            raise Refused("form"', ANSWER),
    _core("a file of any kind", 'if raw[:2] != head:\n        raise Refused("version"', 'if False:\n        raise Refused("version"', BITS),
    _core("a damaged request", 'if sha256(body).digest() != digest:\n        raise Refused("digest"', 'if False:\n        raise Refused("digest"', BITS),
    _core("anybody's keys are given records", 'if not certified(holder.certificate, holder.id, holder.bundle, officers):\n        raise Refused("certificate"',
          'if False:\n        raise Refused("certificate"', REQUEST),
    _core("an answer that nobody signed", 'if not signed_by(signing_key, signature, ctx("ceremony", body)):\n        raise Refused("signature"',
          'if False:\n        raise Refused("signature"', BITS),
    _core("the words of a request are always the same", 'ctx("words", self.digest)', 'ctx("words", self.key)',
          "test_eight_words_tell_one_request_from_another"),
    _offline("the words are not compared", '.strip().lower() != "yes"', '.strip().lower() == "no one"',
             "test_words_that_differ_stop_it_before_any_sheet"),
    _offline("sheets of one country pass in silence", "first.casefold() == second.casefold()", "first == second",
             "test_sheets_that_lie_in_one_country_are_warned_of"),
]

OFFICE = "tests/security/test_ceremony_office.py"


def _web(name, file, old, new, test):
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{OFFICE}::{test}")


ONCE = "test_an_answer_counts_once"
NOBODY = "test_an_answer_that_nobody_waits_for_is_refused"
OTHER = "test_an_answer_for_somebody_else_is_refused"
UNITED = "test_nobody_comes_to_unite_people_network_and_evidence"
BY_NONE = "test_a_holder_that_came_by_no_ceremony_is_found"
TOLD = "test_everybody_is_told_at_their_next_sign_in_and_confirms_it"
CHANGED = "test_each_sign_in_gives_what_one_holds_to_the_new_recovery_key_until_nothing_waits"
EXCHANGED = "test_a_key_that_was_exchanged_on_its_way_or_counts_already_changes_nothing"

AT_THE_OFFICE = [
    _web("an answer counts twice", "vault/ceremony", "replace(label, asked=None, asked_until=None)", "label", ONCE),
    _web("any answer of the custodians counts", "vault/ceremony", "label.asked != answer.request[:KEPT] or label.asked_until is None",
         "label.asked_until is None", NOBODY),
    _web("a request is open for ever", "vault/ceremony", " or clock.today() > label.asked_until:", ":", NOBODY),
    _web("an answer counts for other keys of its holder", "vault/ceremony", "account is None or recipient(account).bundle.digest != answer.bundle",
         "account is None", OTHER),
    _web("who was locked is given records", "vault/ceremony", "recipient(account).bundle.digest", "Bundle(account.bundle).digest", OTHER),
    _web("a ceremony unites people, network and evidence", "vault/ceremony",
         "if kind not in APART or not found | frozenset(held) | {kind} >= APART:", "if True:", "test_kinds_that_a_ceremony_may_give"),
    _web("other roles since the request", "vault/ceremony", "if any(one.kind not in kinds for one in answer.vaults):", "if False:", UNITED),
    _web("records that roles are not given are asked for", "vault/ceremony", "_wrapped(vault for vault in rows if vault.kind in kinds)", "_wrapped(rows)", UNITED),
    _web("an older key of a record is given", "vault/ceremony", "if rows.get(one.vault) == (one.kind, one.version)]", "if one.vault in rows]",
         "test_what_was_changed_since_is_passed_over"),
    _web("a ceremony leaves no line about a record", "accounts/ceremony", "            record.record(None, Event.RECOVERED, vault=vault, account=given.account)\n",
         "            pass\n", "test_every_step_stands_in_the_record"),
    _web("nobody is told of a ceremony", "accounts/ceremony", "        trust.note_ceremony(trust.Ceremony(entry, clock.today(), given.account, count))\n", "", TOLD),
    _web("a ceremony is told of for ever", "accounts/signin", "if pins and one.entry > pins.seq]", "if pins]", TOLD),
    _web("the file of trust forgets ceremonies", "vault/trust", "for one in said.ceremonies]", "for one in said.ceremonies[1:]]", TOLD),
    _web("an entry alone explains a holder", "audit/verify", "account is None or not told.given_back.get(account, 0):", "account is None:", BY_NONE),
    _web("a ceremony needs no request", "audit/verify", 'if told.asked.pop(account, None) != body["digest"]:', "if False:",
         "test_a_ceremony_that_answers_no_request_is_found"),
    _web("new keys leave old signatures with the custodians", "vault/people", "        if vault.kind not in BY_SERVER:\n            _give(",
         "        if vault.kind in BY_SERVER:\n            _give(", "test_what_somebody_held_who_made_new_keys_comes_back_too"),
    _web("another recovery key leaves what is there as it is", "accounts/ceremony", "count = ceremony.all_wait()", "count = 0", CHANGED),
    _web("days of the record stay with the former sheets", "audit/days", "order_by(\"vault_id\")[:limit]", "order_by(\"vault_id\")[:0]", CHANGED),
    _web("a change of the recovery key is not replayed", "audit/verify", "told.due |= told.digests.keys()", "pass",
         "test_a_record_that_no_longer_waits_without_a_new_key_is_found"),
    _web("any key becomes the recovery key", "vault/trust", '" ".join(words.lower().split()).encode(), public.words.encode()', "b\"\", b\"\"", EXCHANGED),
    _web("what a ceremony gave is lost with the key", "accounts/ceremony", "if ceremony.unsettled():", "if False:",
         "test_what_a_ceremony_gave_is_taken_by_its_reader_before_the_key_may_change"),
    _web("a ceremony gives all that a role may ever read", "accounts/ceremony", "of_kinds(default_kinds(read_label(account).roles))",
         "of_kinds(ceremony.kinds_for(read_label(account).roles, ()))", "test_records_by_name_and_all_of_the_kinds_that_the_roles_are_given"),
    _web("what was confirmed is shown again", "accounts/views_me", "        visit.confirmed(request.actor)\n", "", TOLD),
    _web("an open request is not in the record", "audit/events", '    Event.RECOVERY_DONE: ("label",),\n', "", "test_who_is_given_it_reads_it_again_and_who_had_left_does_not"),
]

MUTANTS = [*OFFLINE, *AT_THE_OFFICE]
