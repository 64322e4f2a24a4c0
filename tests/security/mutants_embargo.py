"""Guards of an embargo, removed one at a time: what leaves, who learns of it, how it ends."""

from mutant import Mutant

CORE, WEB = "tests/core/test_casework_embargo.py", "tests/web/test_embargo.py"


def _core(name, old, new, test, **more):
    return Mutant(name, "waystation/casework/embargo.py", old, new, f"{CORE}::{test}", **more)


def _web(name, file, old, new, test, **more):
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{WEB}::{test}", refuses="H-12", **more)


LIFTED = "test_it_is_set_by_one_for_a_reason_with_a_day_and_lifted_by_two_offices"
LATE = "test_who_came_later_and_cannot_know_takes_nothing_out_until_somebody_lets_them_read"
MONEY = "test_finance_who_may_read_no_incident_takes_the_ledger_out_without_its_lines"
LIST = "test_the_list_of_cases_leaves_without_it_and_only_if_whoever_takes_it_says_so"
REFERRED = "test_a_referral_goes_on_for_care_alone_and_for_what_a_life_hangs_on"
APPEAL = "test_no_appeal_goes_out_while_any_embargo_on_the_case_stands_also_between_two_signatures"
PAST = "test_past_its_day_it_holds_and_says_that_it_is_due_also_when_the_incident_is_over"
BOOK = "test_a_copy_of_the_book_leaves_without_what_became_of_them_and_says_that_it_is_not_whole"
BUILT = "test_a_copy_that_was_signed_or_built_before_is_not_given_out_with_it"
TWO = "test_it_is_lifted_by_one_who_knows_the_people_and_a_security_officer_who_found_out_that_nobody_is_in_danger"

MUTANTS = [
    _core("an embargo has no day on which it is looked at", "f.review_in is not None and 1 <= f.review_in <= REVIEW_WITHIN", "True",
          "test_it_has_a_day_on_which_it_is_looked_at_again_within_a_quarter", refuses="H-12"),
    _core("one lifts an embargo", "two=True, offices=(_PEOPLE, _GUARD)", "two=False, offices=(_PEOPLE, _GUARD)", TWO, refuses="H-12"),
    _core("any two lift an embargo", "two=True, offices=(_PEOPLE, _GUARD)", "two=True", TWO, refuses="H-12"),
    _core("it is lifted while those who helped are in danger", "         lambda f: f.out_of_danger)", "         lambda f: True)", TWO, refuses="H-12"),
    _core("care tells the way", "recipient in CARE and set(data) <= OF_CARE", "recipient in CARE", "test_care_goes_on_and_nothing_of_the_way",
          refuses="H-12"),
    _core("the day of an embargo is not due", "today >= review", "today > review", "test_its_day_is_to_look_again_and_opens_nothing", refuses="H-12"),
    Mutant("somebody's life hangs on a publication", "waystation/casework/consent.py", ' or wish.recipient in {"media", "research"}:', ":",
           "tests/core/test_casework_consent.py::test_nobody_s_life_hangs_on_whoever_publishes"),
    Mutant("an appeal goes out under an embargo", "waystation/journeys/status.py", "            lambda f: f.may_leave)", "            lambda f: True)",
           "tests/core/test_journeys_status.py::test_no_appeal_goes_out_under_an_embargo", "H-12"),
    _web("an embargo ends by itself on its day", "journeys/embargo", "return self.state != LIFTED", "return self.state != LIFTED and not due(self.review, clock.today())",
         PAST),
    _web("an incident that is over is never looked at again", "journeys/incidents", "not self.over or (self.embargo is not None and self.embargo.due)", "not self.over",
         PAST),
    _web("the list of cases takes it out", "cases/leaving", "embargoed.let_out(actor, queries.cases(actor), names, without=without)",
         "queries.cases(actor)", LIST),
    _web("the ledger takes its lines out", "ledger/actions_figures", "embargoed.let_out(actor, ledger(actor).lines, names, without=without)",
         "ledger(actor).lines", MONEY),
    _web("it is left out in silence", "duty/embargoed", "    if len(free) < len(whole) and not without:\n", "    if False:\n", LIST),
    _web("what is held back is told by its name", "duty/embargoed", '"marks": marks(names, salt)', '"marks": sorted(names)',
         "test_what_is_told_to_everybody_names_nobody_and_no_day"),
    _web("who cannot know takes it out", "duty/embargoed", "    if held.unknown:\n        raise", "    if False:\n        raise", LATE),
    _web("nobody is told that something is held back", "journeys/actions_embargo", "            embargoed.hold_back(actor, names(incident), of=incident_id)\n",
         "            pass\n", MONEY),
    _web("who cannot read the marks lifts them all the same", "duty/embargoed", '    if not mine:\n        raise NotPermitted("house", CANNOT_KNOW)\n', "", LATE),
    _web("lifting one lifts all", "duty/embargoed", 'if one.body["of"] == of.hex()]', "]",
         "test_what_two_incidents_hold_back_leaves_when_both_let_it_go"),
    _web("a referral tells of it", "cases/actions_consent", "_held_back(actor, case, typed) or allows(", "allows(", REFERRED),
    _web("a copy of the book tells what became of them", "network/withheld", "(held if there.on(row.about) else free).append(row)", "free.append(row)",
         BOOK),
    _web("a copy says nothing of what was left out", "network/export", "*(() if whole else (NOT_WHOLE,))", "*()", BOOK),
    _web("nobody writes whose outcome it is", "journeys/actions_close", ', about=journey_of(held).case.hex())', ")", BOOK),
    _web("a copy that was built before is given out", "network/actions_export",
         "        may_go(actor, rows_held(actor, looked=False), built, export.left_out)\n", "", BUILT),
    _web("who cannot know sends the book", "network/withheld", '    if there.unknown:\n        raise NotPermitted("house", embargoed.CANNOT_KNOW)\n', "",
         BUILT),
    _web("an appeal asks for no embargo", "journeys/actions_incident", '"may_leave": may_leave(actor, incident)}', '"may_leave": True}', APPEAL),
    _web("an appeal asks for the embargo of its own incident alone", "journeys/embargo", "return not embargoed.standing(actor).on(*names(incident))",
         "return not stands_over(incident)", APPEAL),
    _web("two of one office lift it", "journeys/actions_embargo", "first=first_roles(asked or {})", "first=None", LIFTED),
    _web("whoever signs first asks nobody of the other office", "journeys/actions_embargo", "            ask_office(actor, held, offices, other)\n", "", LIFTED),
    _web("what went on is lifted by what was signed before", "journeys/actions_embargo", '{"embargo": new, "lifting": None,', '{"embargo": new,',
         "test_what_was_signed_to_be_lifted_and_then_went_on_is_signed_anew"),
]
