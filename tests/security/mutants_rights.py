"""Guards of law and practice, removed one at a time."""

from mutant import Mutant

CORE, WEB = "tests/core/test_rights.py", "tests/web/test_rights_pages.py"
AGES = "test_a_fact_ages_and_what_nobody_checked_is_never_shown_as_checked"
HAND, WAYS = "test_which_door_is_open_as_worked_by_hand", "test_ways_stand_beside_each_other_with_where_protection_begins_after_what_a_nationality_changes"

MUTANTS = [
    Mutant("what a nationality changes is not said", "waystation_web/rights/pages.py",
           'if one.country in ("BE", "CA", "GB", "KR", "NL", "US"))', "if one.country == one.words)", f"{WEB}::{WAYS}", refuses="W-13"),
    Mutant("an old fact looks like a new one", "waystation/rights/facts.py", "if days >= RED:", "if days >= RED * RED:",
           f"{CORE}::{AGES}", refuses="W-15"),
    Mutant("what nobody checked counts as checked", "waystation/rights/facts.py", "if self.mark is Mark.VERIFIED else Age.UNCHECKED",
           "if self.mark else Age.UNCHECKED", f"{CORE}::{AGES}", refuses="W-15"),
    Mutant("a treaty binds in the whole year of its coming", "waystation/rights/facts.py", "if said == asked and len(said) < 10:",
           "if said == asked and not said:", f"{CORE}::{HAND}"),
    Mutant("a body is open without the family", "waystation/rights/openings.py", "    if True in asked:", "    if asked:", f"{CORE}::{HAND}"),
    Mutant("what nobody knows opens a door", "waystation/rights/openings.py", "return Opening(one, None if unknown else True, tuple(unknown))",
           "return Opening(one, True, tuple(unknown))", f"{CORE}::{HAND}"),
]
