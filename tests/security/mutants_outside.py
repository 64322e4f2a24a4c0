"""Guards of what goes outside, removed one at a time: the directory, petitions, figures."""

from mutant import Mutant

PETITIONS, FIGURES = "tests/web/test_petitions.py", "tests/core/test_figures.py"
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
    Mutant("a text is changed that people signed", "waystation_web/petitions/actions.py", "        if queries.sheets_of(actor, found):",
           "        if queries.sheets_of(actor, found) == 0:",
           f"{PETITIONS}::test_a_text_that_somebody_signed_is_not_changed_and_who_signed_is_for_those_who_hold_it"),
    Mutant("a small category stands by itself", "waystation/figures/disclosure.py",
           "while len(groups) > 1 and size(smallest := min(groups, key=size)) < LEAST:",
           "while len(groups) > 1 and size(smallest := min(groups, key=size)) < LEAST // 11:",
           f"{DISCLOSURE}::test_small_categories_are_put_together_small_tables_refused_and_what_is_shown_is_rounded", refuses="H-11"),
    Mutant("who signed a petition stays for ever", "waystation_web/petitions/actions.py", "            _goes(actor, sheet, on)", "            pass",
           f"{PETITIONS}::test_a_petition_is_given_on_a_day_at_a_place_to_somebody_and_they_are_asked_again"),
    Mutant("what was said is evidence", "waystation_web/directory/entry.py", "        return False", "        return True", f"{DIRECTORY}::{SAID}"),
    Mutant("an estimate has no interval", "waystation/figures/published.py", "if estimate and (low is None or high is None or low >= high):",
           "if estimate and low is None and high is None:", f"{FIGURES}::test_an_estimate_without_an_interval_is_refused", refuses="W-16"),
    Mutant("a disputed account is the right one", "waystation/figures/published.py", "return good[0] if len(good) == 1 else None",
           "return good[0] if good else group[0]", f"{FIGURES}::test_accounts_that_differ_stand_side_by_side_and_none_is_averaged"),
    Mutant("small counts alone are left out", "waystation/figures/disclosure.py", "        hidden |= best[1]\n", "        hidden |= set()\n",
           f"{DISCLOSURE}::test_a_solver_reckons_no_count_below_eleven_from_what_is_shown", refuses="H-11"),
    Mutant("a count of ten is shown", "waystation/figures/disclosure.py", "if count < LEAST}", "if count < LEAST - 1}",
           f"{DISCLOSURE}::test_a_solver_reckons_no_count_below_eleven_from_what_is_shown", refuses="H-11"),
    Mutant("what is shown is not rounded", "waystation/figures/disclosure.py", "    return (2 * count + to) // (2 * to) * to", "    return count",
           f"{DISCLOSURE}::test_small_categories_are_put_together_small_tables_refused_and_what_is_shown_is_rounded", refuses="H-11"),
]
