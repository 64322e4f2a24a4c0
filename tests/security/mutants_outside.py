"""Guards of what goes outside, removed one at a time: the directory, petitions, figures."""

from mutant import Mutant

DIRECTORY, DISCLOSURE = "tests/web/test_directory.py", "tests/core/test_disclosure.py"
TERMS, ASKED = "test_nothing_goes_to_a_partner_without_terms_in_force", "test_whatever_is_asked_has_a_day_on_which_it_is_asked_again_until_somebody_closes_it"
OCCASION = "test_an_occasion_stays_due_until_somebody_answered_for_it_and_comes_back_every_year"
SAID = "test_what_was_said_stands_with_day_and_source_and_is_never_evidence"

MUTANTS = [
    Mutant("terms that ended bind", "waystation_web/directory/terms.py",
           'if today > self.until or (self.ended_on is not None and today >= self.ended_on):', "if self.ended_on is not None:",
           f"{DIRECTORY}::{TERMS}"),
    Mutant("terms of tomorrow bind today", "waystation_web/directory/terms.py", "        if today < self.signed_on:", "        if today < date.min:",
           f"{DIRECTORY}::{TERMS}"),
    Mutant("something is asked without a day to ask again", "waystation_web/directory/actions.py", "if again <= on or on > clock.today():",
           "if on > clock.today():", f"{DIRECTORY}::{ASKED}"),
    Mutant("a year goes by in silence", "waystation_web/directory/due.py",
           "if one.next is not None and one.next <= today + timedelta(days=one.ahead):",
           "if one.next is not None and today <= one.next <= today + timedelta(days=one.ahead):", f"{DIRECTORY}::{OCCASION}"),
    Mutant("what was said is evidence", "waystation_web/directory/entry.py", "        return False", "        return True", f"{DIRECTORY}::{SAID}"),
    Mutant("small counts alone are left out", "waystation/figures/disclosure.py", "        hidden |= best[1]\n", "        hidden |= set()\n",
           f"{DISCLOSURE}::test_a_solver_reckons_no_count_below_eleven_from_what_is_shown", refuses="H-11"),
    Mutant("a count of ten is shown", "waystation/figures/disclosure.py", "if count < LEAST}", "if count < LEAST - 1}",
           f"{DISCLOSURE}::test_a_solver_reckons_no_count_below_eleven_from_what_is_shown", refuses="H-11"),
    Mutant("what is shown is not rounded", "waystation/figures/disclosure.py", "    return (2 * count + to) // (2 * to) * to", "    return count",
           f"{DISCLOSURE}::test_small_categories_are_put_together_small_tables_refused_and_what_is_shown_is_rounded", refuses="H-11"),
]
