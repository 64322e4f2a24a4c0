"""Guards of loads and of medicine that must be kept cold, removed one at a time."""

from mutant import Mutant

AT, LIMITS, PEOPLE = "waystation/planning/carrying.py", "tests/core/test_limits.py", "tests/core/test_casework_people.py"
LOAD = f"{LIMITS}::test_a_leg_asks_no_more_to_be_carried_than_they_can_together"
COLD = f"{LIMITS}::test_medicine_that_must_be_kept_cold_closes_a_leg_on_which_it_would_spoil"
BEFORE = f"{LIMITS}::test_a_book_from_before_says_nothing_of_loads_and_cold_and_closes_them_for_whoever_has_such_a_limit"

MUTANTS = [
    Mutant("a load that nobody wrote down weighs nothing", AT, 'return "" if party.carry_kg is None else "what', 'return "" if True else "what', BEFORE),
    Mutant("cold that nobody wrote down is kept", AT, "    if leg.uncooled_h is None:\n        return ", "    if leg.uncooled_h is None:\n        return \"\" and ",
           BEFORE),
    Mutant("each carries alone what all carry", AT, "leg.carry_kg * party.size", "leg.carry_kg", LOAD),
    Mutant("whoever is slow is without cold no longer than others", AT, "max(1.0, party.pace)", "1.0", COLD),
    Mutant("a place of which nobody knows whether it cools does", AT, "    if end.cooling is None:\n        return ", "    if end.cooling is None:\n        return \"\" and ",
           COLD),
    Mutant("medicine keeps as long as that which keeps longest", "waystation/casework/people.py", "uncooled_h=min(keeps, default=None)",
           "uncooled_h=max(keeps, default=None)", f"{PEOPLE}::test_the_load_is_shared_and_medicine_keeps_as_long_as_that_which_keeps_least"),
    Mutant("nobody asks whether medicine must be kept cold", "waystation/casework/people.py", "if one.medicine and one.keep_cold is None:", "if False:",
           f"{PEOPLE}::test_what_nobody_asked_is_listed_and_nothing_is_filled_in"),
]
