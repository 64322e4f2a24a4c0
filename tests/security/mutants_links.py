"""Guards between plan, status, appeal and evidence, removed one at a time."""

from mutant import Mutant

MUTANTS = [
    Mutant("protection is said to begin behind a State that nobody knows", "waystation_web/plans/earliest.py",
           "if found is None or not all(country for _place, country in way[:found.place]):", "if found is None:",
           "tests/web/test_plans_said.py::"
           "test_protection_begins_at_the_first_state_with_a_way_and_nowhere_behind_one_that_nobody_knows"),
]
