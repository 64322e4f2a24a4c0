"""Guards of reading packs, removed one at a time."""

from mutant import Mutant

HOUSE, COPY, ASK = "tests/web/test_packs.py", "waystation_web/packs/actions_copy.py", "waystation_web/packs/actions.py"
EARS = "test_two_people_each_hear_the_digits_of_the_key_from_its_reader"
AFTER = "test_what_happens_after_two_signed_stops_the_copy"
WORDS = "test_other_words_than_two_signed_and_a_pack_that_was_ended_make_no_copy"
YES = "test_a_yes_to_the_public_is_none_to_this_reader_and_no_state_no_end_and_no_other_key_passes"
TWO = "test_a_case_worker_signs_first_the_security_officer_second_and_nobody_both"
CORE = "tests/core/test_copies_for_readers.py"

MUTANTS = [
    Mutant("one ear is enough for a key", "waystation_web/packs/pack.py", "EARS = 2 ", "EARS = 1 ", f"{HOUSE}::{EARS}"),
    Mutant("the digits of another key are right", ASK, "if not heard_right(pack.age_key, digits):", "if not heard_right(pack.age_key, digits) and not digits:",
           f"{HOUSE}::{EARS}"),
    Mutant("one person hears a key twice", ASK, "            approvals.another(actor, one, vault=pack.id)\n", "            one = actor.id\n", f"{HOUSE}::{EARS}"),
    Mutant("a copy is made whatever happened since two signed", COPY, "found = (*of_pack(actor, pack), *live(actor, pack, story))", "found = ()", f"{HOUSE}::{AFTER}"),
    Mutant("a pack goes out on terms that ended", ASK, "        found.append(Hindrance(why.rule, why.sentence))\n", "        found.append(Hindrance(why.rule, why.sentence)) if not found else None\n        found.pop()\n",
           f"{HOUSE}::{AFTER}"),
    Mutant("a yes to the public is a yes to a reader", "waystation/stories/clearance.py", "recipient=facts.to.recipient, data", "recipient=PUBLIC.recipient, data",
           f"{CORE}::test_a_yes_to_one_kind_of_reader_for_one_purpose_is_none_to_another"),
    Mutant("a yes to anything is a yes to a reader", "waystation/stories/clearance.py", "((facts.to.purpose, one.data)", "((PUBLIC.purpose, one.data)",
           f"{CORE}::test_a_yes_to_one_kind_of_reader_for_one_purpose_is_none_to_another"),
    Mutant("a State reads", ASK, "or found.authority not in OUTSIDE:", "or found.authority is None:", f"{HOUSE}::{YES}"),
    Mutant("a pack outlives the terms", ASK, "if until > min(terms.until, clock.today() + LONGEST):", "if until > clock.today() + LONGEST:", f"{HOUSE}::{YES}"),
    Mutant("anybody signs second", ASK, "if not actor.roles & (GUARD if asked else PEOPLE):", "if not asked and not actor.roles & PEOPLE:", f"{HOUSE}::{TWO}"),
    Mutant("signatures of another day make a copy", COPY, "done = approvals.use(pack.id, block, manifest(pack, story))", "done = dict(block)",
           f"{HOUSE}::{AFTER}"),
    Mutant("a reader is not told that somebody took it back", "waystation_web/cases/actions_consent.py",
           '            published.tell_readers(actor, held_case(actor, case_id), person=typed["person"], purpose=typed["purpose"])\n', '            published.PURPOSES\n',
           f"{HOUSE}::test_whoever_hears_that_somebody_takes_it_back_tells_the_reader_today", refuses="H-21"),
    Mutant("the last day goes by in silence", "waystation/stories/reading.py", "elif today > one.until:", "elif today < one.until:",
           f"{CORE}::test_what_lies_outside_is_due_until_somebody_says_that_it_is_destroyed"),
    Mutant("an answer names one of two copies that are alike", "waystation/stories/copies.py", "best >= second + SURELY and", "best >= SURELY and",
           f"{CORE}::test_lines_that_stand_so_in_two_copies_point_to_nobody"),
    Mutant("two lines are enough to name a reader", "waystation/stories/copies.py", "SURELY = 3 ", "SURELY = 2 ",
           f"{CORE}::test_two_lines_point_to_nobody"),
    Mutant("all copies end their lines alike", "waystation/stories/copies.py", 'f"{mark}|{at}|{number}"', 'f"{at}|{number}"',
           f"{CORE}::test_eight_lines_point_to_their_copy_and_to_no_other"),
]
