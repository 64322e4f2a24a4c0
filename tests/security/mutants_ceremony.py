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

MUTANTS = [*OFFLINE]
