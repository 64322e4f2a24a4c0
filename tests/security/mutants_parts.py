"""What keeps a party together that is to be divided, removed one at a time: the test that is named fails."""

from mutant import Mutant

PARTS = "tests/core/test_journeys_parts.py"


def _parts(name: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(name, "waystation/journeys/parts.py", old, new, f"{PARTS}::{test}")


MUTANTS = [
    _parts("a child without its guardian passes", "not all(part & adults & one.guardians for part in theirs)",
           "not all(part & adults for part in theirs)",
           "test_a_child_is_not_sent_on_with_somebody_who_is_not_its_guardian"),
    _parts("a child is the guardian of a child", "part & adults & one.guardians", "part & one.guardians",
           "test_one_of_two_guardians_is_enough_and_a_child_is_no_guardian"),
    _parts("who has no age counts as grown", "if one.child is not False and", "if one.child and",
           "test_who_has_no_age_is_looked_after_and_looks_after_nobody"),
    _parts("somebody is left behind", "(Wrong.NOWHERE, party - set(named)),", "(Wrong.NOWHERE, set()),",
           "test_each_thing_that_is_wrong_is_named_with_whom_it_concerns"),
    _parts("a household that nobody asked is parted", 'not in {"may", "prefer"}', '== "must"',
           "test_a_household_stays_together_where_it_must_and_where_nobody_asked"),
    _parts("who is never to be parted is, where the rule is may", "for never in house.never_parted:",
           'for never in () if house.stay_together == "may" else house.never_parted:',
           "test_who_is_never_to_be_parted_is_not_parted_whatever_the_rule"),
    _parts("who needs somebody goes alone", "if one.needs_somebody and not all(part & adults for part in theirs):",
           "if False:", "test_each_thing_that_is_wrong_is_named_with_whom_it_concerns"),
    _parts("who would rather stay together is parted without a reason", "bool(why_apart.strip()) or not warned(",
           "True or not warned(",
           "test_a_household_that_would_rather_stay_together_is_warned_of_and_needs_a_reason"),
    _parts("they are called together while a part still moves", 'one.status == "resting" and one.at', "one.at",
           "test_nobody_is_together_while_a_part_is_on_its_way_or_in_a_step_nobody_knows"),
    _parts("they are called together at two places", 'one.at == there[0].at != ""', 'one.at != ""',
           "test_one_place_is_one_place_and_no_place_is_none"),
    Mutant("a party is divided by what is sent by hand", "waystation_web/journeys/ground.py", "        paid=bool(typed.get(",
           '        split_kept=bool(typed.get("split_kept")), paid=bool(typed.get(',
           "tests/web/test_divided.py::test_nobody_is_divided_and_left_without_a_watch_by_what_is_sent_by_hand"),
]
