"""Everything leaves an office by two people and two custodians: each check removed once."""

from mutant import Mutant

TESTS, CORE = "tests/security/test_takeout.py", "tests/core/test_takeout_archive.py"


def _web(name: str, file: str, old: str, new: str, test: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/takeout/{file}.py", old, new, f"{TESTS}::{test}", refuses)


def _core(name: str, file: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(name, f"waystation/takeout/{file}.py", old, new, f"{CORE}::{test}", "H-47")


ONE = "test_one_person_is_not_enough_and_neither_are_two_of_one_office"
SURE = "test_nothing_is_asked_signed_or_released_without_confirming_oneself"
OTHER = "test_the_custodians_machine_follows_no_other_order_than_one_that_two_signed_and_released"
ONCE = "test_what_was_made_is_not_made_again_and_an_end_is_an_end"
NAMED = "test_nothing_leaves_without_a_named_recipient_whose_key_was_heard"

OUTSIDE = "tests/security/test_access.py::test_who_is_not_in_gets_the_door_and_nothing_else"

MUTANTS = [
    Mutant("whoever passes releases everything", "waystation_web/takeout/views.py", "@signed_in\ndef release(", "def release(", OUTSIDE),
    _web("two of one office take everything out", "actions", "        two_offices(_roles(first), actor.roles)\n", "", ONE, "H-13"),
    _web("a takeout is released by whoever sits there", "actions", "        if not actor.stepped_up(clock.now()):\n", "        if False:\n", SURE),
    _web("recipients of everything are not signed", "order",
         '"recipients": [[one.name, one.jurisdiction, one.key, one.mark] for one in order.recipients]}',
         '"recipients": len(order.recipients)}', "test_recipients_that_were_changed_after_a_signature_get_nothing", "H-25"),
    _web("a key whose digits nobody heard", "order", "        if not heard_right(key, heard):\n", "        if False:\n", NAMED, "H-25"),
    _web("a takeout without an end", "actions", "    if not clock.today() < until <= clock.today() + LONGEST:\n", "    if False:\n", NAMED, "H-25"),
    _web("nobody is told of a takeout", "actions", '        records.make(actor, "setting", _notice(order, block))\n', "",
         "test_everybody_is_told_and_every_step_is_in_the_record"),
    _web("the custodians follow what the record does not know", "carried", "    if about.count(Event.TAKEOUT_RELEASED) != 1:\n",
         "    if False:\n", "test_an_order_that_says_it_was_released_and_is_not_in_the_record_is_not_followed"),
    _web("a later copy of the office is opened by an old order", "carried", "    if _newest(said) > released + COPY_WITHIN:\n", "    if False:\n",
         "test_a_later_copy_of_the_office_needs_a_new_order"),
    _web("what was made is made again", "carried", "    if order.made or Event.TAKEOUT_MADE in about:\n", "    if False:\n", ONCE),
    _web("an order is followed after its end", "carried", "    if today > order.until:\n", "    if False:\n", ONCE),
    _web("the custodians follow somebody who was locked", "carried", "        if row.id == account and row.state == Account.State.ACTIVE:\n",
         "        if row.id == account:\n", OTHER, "H-13"),
    _web("sheets of another office are not told from ours", "building", "    our_key(recovery)\n", "", OTHER, "H-13"),
    _web("half an archive has its name already", "sealing", 'part = path.with_name(f"{path.name}.part")', "part = path",
         "test_what_is_killed_half_way_has_no_name", "H-47"),
    _core("what is missing in a takeout is missing in silence", "archive",
          '            if there != (found := self._here[sort, name] + self._left[sort, name]):\n',
          '            if (found := self._here[sort, name] + self._left[sort, name]) < 0:\n', "test_an_archive_whose_sums_differ_is_none"),
    _core("a cell of a takeout is a formula", "cells", "        return MARK + value if value", "        return value if value",
          "test_no_cell_is_a_formula_and_each_is_read_back"),
    _core("a takeout of a demonstration looks real", "archive", 'self.about, self.mark = about, INVENTED if about.invented else ""',
          'self.about, self.mark = about, ""', "test_in_a_demonstration_every_row_and_record_says_so_and_else_none"),
    _core("a file of a takeout is in no list of digests", "tar", '        self._sums.append(f"{read.digest.hexdigest()}  {path}\\n")\n', "",
          "test_everything_in_it_has_a_digest_and_lies_in_one_folder"),
]
