"""What keeps a party together that is to be divided, removed one at a time: the test that is named fails."""

from mutant import Mutant

PARTS, DIVIDED = "tests/core/test_journeys_parts.py", "tests/web/test_divided.py"


def _parts(name: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(name, "waystation/journeys/parts.py", old, new, f"{PARTS}::{test}")


def _office(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, f"waystation_web/journeys/{file}.py", old, new, f"{DIVIDED}::{test}", **more)


def _plans(name: str, file: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(name, f"waystation_web/plans/{file}.py", old, new, f"{DIVIDED}::{test}")


def _again(name: str, file: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(name, f"waystation_web/journeys/{file}.py", old, new, f"tests/web/test_again.py::{test}")


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
    _office("a party is divided as whoever types it likes", "ground", "split_kept=party(case, clock.today()).kept(typed)",
            'split_kept=bool(typed.get("division"))', "test_who_may_not_be_parted_is_not_parted_whatever_is_sent"),
    _office("a part is not watched", "actions_part", "    watches.follow(made.id, journey_of(made).due)\n", "",
            "test_each_part_is_a_journey_that_is_watched_with_the_clocks_that_ran"),
    _office("a part that rests has no clock", "actions_part", '"at", "rest_due", "words"', '"at", "words"',
            "test_each_part_is_a_journey_that_is_watched_with_the_clocks_that_ran"),
    _office("the second signs whatever is there by then", "actions", '"typed": dict(typed)', '"typed": {}',
            "test_what_the_second_signs_is_the_division_and_what_changed_since_voids_it"),
    _office("who cannot be left alone is, if somebody says so", "parted", " or bool(NEVER_ALONE & set(one.needs))", "",
            "test_who_does_not_manage_alone_is_left_with_nobody_promising_it"),
    _office("a household that nobody wrote down is parted", "parted", "households or everybody", "households",
            "test_a_household_nobody_wrote_down_stays_together_and_an_adult_says_no_to_it"),
    _office("a part that cannot be read is no part", "parted", "all_read = all_read and held is not None", "all_read = True",
            "test_a_part_that_cannot_be_read_counts_as_on_its_way"),
    _office("a leg is learnt once more in each part", "actions_close", " if not one.carried)", ")",
            "test_apart_they_go_different_ways_and_each_leg_has_one_outcome"),
    _office("who was taken is counted as there", "actions_part", '"people": here if parts.away else list(journey.people)',
            '"people": list(journey.people)', "test_of_three_parts_two_meet_and_the_third_that_was_taken_is_not_counted_as_there"),
    _office("one decision leads both parts", "ground", "        if held.id.hex() in taken:\n", "        if False:\n",
            "test_what_another_journey_was_opened_on_leads_nobody_else"),
    _office("a plan for others leads a part", "ground", "                    and theirs == these:\n", "                    and True:\n",
            "test_a_plan_for_other_people_than_those_of_a_part_is_none_for_it"),
    _plans("a decision for one part ends that of the other", "actions_decide", "if people and before and not people & before:", "if False:",
           "test_two_parts_are_decided_on_at_once_and_neither_decision_ends_the_other"),
    _plans("what others follow on their way is ended", "actions_decide", "(set(people_of(one.body)) or before) <= people", "True",
           "test_two_parts_are_decided_on_at_once_and_neither_decision_ends_the_other"),
    _plans("for whom a decision is was never signed", "decided", 'if "people" in body else {})', "if False else {})",
           "test_for_whom_a_plan_is_was_signed_and_nobody_is_put_into_it_afterwards"),
    Mutant("a parent in another part cares for the child", "waystation_web/cases/travellers.py",
           ' and values.text(one, "from") in there', "",
           f"{DIVIDED}::test_a_child_whose_parent_is_in_another_part_is_planned_for_as_one_alone", refuses="H-04"),
    _again("what was paid is not taken off", "again", "    spent, of = [one for one in (paid, walked)", "    spent, of = [one for one in (walked,)",
           "test_the_larger_of_what_was_paid_and_what_the_legs_cost_is_taken_off"),
    _again("the smaller of two sums is taken off", "again", "coins(had) - max(spent)", "coins(had) - min(spent)",
           "test_the_larger_of_what_was_paid_and_what_the_legs_cost_is_taken_off"),
    _again("a leg without a price costs nothing", "again", "sum(coins(prices[leg]) for leg in legs)",
           "sum(coins(prices[leg]) for leg in legs if leg in prices)",
           "test_a_leg_without_a_price_another_currency_and_a_sealed_line_are_not_guessed"),
    _again("a part is thought to have all the money", "again", "    if journey.part:\n", "    if False:\n",
           "test_a_part_is_planned_for_its_people_and_of_its_money_nobody_knows"),
    _again("a last day that is past stands there", "again", "    if left <= 0:\n        return Known(None, gettext(\"The last",
           "    if False:\n        return Known(None, gettext(\"The last", "test_what_nobody_knows_stays_empty_and_is_said"),
    _again("a part is planned for everybody of the case", "queries_again", "case = of_journey(case_held(actor, journey.case), journey)",
           "case = case_held(actor, journey.case)", "test_a_part_is_planned_for_its_people_and_of_its_money_nobody_knows"),
    Mutant("a plan begins on a morning that is past", "waystation_web/plans/queries_list.py",
           "timedelta(days=now.time() > time(DAY_STARTS_AT_H))", "timedelta(days=0)",
           "tests/web/test_again.py::test_where_they_are_and_what_is_left_stand_there_with_their_sources"),
    Mutant("the planner is asked for everybody of the case", "waystation_web/plans/asking.py", "travellers.among(case, terms.people)", "case",
           "tests/web/test_again.py::test_a_plan_from_here_is_the_plan_of_these_people_and_no_more_opens_than_one_question"),
    Mutant("a part is kept from who holds the whole", "waystation_web/records/actions.py", "        if other.until is not None:\n", "        if False:\n",
           f"{DIVIDED}::test_whoever_holds_the_whole_holds_each_part_until_the_same_day"),
]
