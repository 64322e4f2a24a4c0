"""Guards of what the office says of its own beliefs, removed one at a time: the test that is named fails."""

from mutant import Mutant

HELD, LESSON = "tests/core/test_journeys_checks.py", "tests/core/test_taught.py"
CHECKS, TAUGHT, WANTED = "tests/web/test_checks.py", "tests/web/test_lessons.py", "tests/web/test_plans_wanted.py"


def _office(name, file, old, new, test):
    return Mutant(name, f"waystation_web/{file}.py", old, new, test)


MUTANTS = [
    Mutant("of whom nobody heard counts as arrived", "waystation/journeys/checks.py", "        return End.UNKNOWN\n", "        return End.ARRIVED\n",
           f"{HELD}::test_what_became_of_a_party_is_counted_as_its_plan_speaks_of_it"),
    Mutant("the unknown are left out of the range", "waystation/journeys/checks.py", "low, high = bounds(happened, unknown, n)",
           "low, high = bounds(happened, 0, n - unknown)", f"{HELD}::test_of_whom_nobody_heard_is_never_counted_as_arrived"),
    Mutant("ten are enough to say", "waystation/journeys/checks.py", "if n - unknown < ENOUGH:", "if n - unknown < ENOUGH // 2:",
           f"{HELD}::test_under_twenty_known_ends_the_counts_stand_alone_whoever_is_unknown"),
    Mutant("who was taken and came free was never lost", "waystation/journeys/checks.py", "    if any(ENDS.get(code) in LOST for code in codes):\n",
           "    if not arrived and any(ENDS.get(code) in LOST for code in codes):\n",
           f"{HELD}::test_what_became_of_a_party_is_counted_as_its_plan_speaks_of_it"),
    _office("only journeys that were closed are counted", "journeys/queries_checks", "    if not journey.over and not past:\n", "    if not journey.over:\n",
            f"{CHECKS}::test_of_plans_that_said_nine_in_ten_so_many_arrived"),
    _office("a plan made on the way is judged as the first", "journeys/queries_checks", "if any(one.kind == ANEW for one in journey.log):", "if False:",
            f"{CHECKS}::test_the_plan_with_which_they_left_counts_and_not_one_made_on_the_way"),
    _office("each part of a party is a party", "journeys/queries_checks", "for one in known.values() if not one.whole]", "for one in known.values()]",
            f"{CHECKS}::test_a_divided_party_is_one_and_ended_as_its_worst_part"),
    _office("a case that one may not read is counted", "journeys/queries_checks", "    if case is None:\n        return None\n", "",
            f"{CHECKS}::test_counted_are_the_cases_that_one_may_read_and_the_page_says_so"),
    Mutant("a journey is not taken out of what was believed before", "waystation/planning/taught.py", "            left.remove(one)\n", "            pass\n",
           f"{LESSON}::test_one_party_that_came_through_lowers_it_by_less_than_a_party_of_a_hundred"),
    Mutant("a belief says its range whatever it rests on", "waystation/planning/taught.py", "speaks = state in SPEAKS", "speaks = True",
           f"{LESSON}::test_under_twenty_known_ends_no_number_is_said_only_which_way"),
    _office("a journey teaches before it is closed", "journeys/queries_taught", "    if journey.status != CLOSED:\n", "    if False:\n",
            f"{TAUGHT}::test_a_journey_that_is_not_closed_has_taught_nothing_yet_and_others_see_none"),
    _office("whoever reads a journey has the book worked out", "journeys/queries_taught", '        allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))\n', "",
            f"{TAUGHT}::test_who_makes_no_plans_sees_what_happened_and_has_nothing_worked_out"),
    _office("a task in a case names the area", "plans/actions_wanted", '    text = gettext("Get report %(n)s of %(most)s that would change the plan most.") % {"n": number, "most": MOST}\n',
            "    text = report.about\n", f"{WANTED}::test_a_person_gives_one_as_a_task_and_the_task_does_not_say_where"),
    _office("a report that changes nothing becomes a task", "plans/actions_wanted", "    if report is None or not report.offered:\n", "    if report is None:\n",
            f"{WANTED}::test_what_changes_nothing_is_no_task_and_neither_is_a_fourth"),
    _office("one report is asked for twice", "plans/actions_wanted", "    if report.task is not None and report.task.open:\n", "    if False:\n",
            f"{WANTED}::test_one_that_is_open_is_not_given_twice_one_that_is_done_may_be"),
    _office("what the planner withheld is none", "plans/wanted", "    more = None if worth is None or tiny or worth < LEAST else of_100(worth / 100)\n",
            "    more = of_100((worth or 1) / 100)\n", f"{WANTED}::test_what_the_planner_withheld_is_not_known_and_the_order_stands"),
]
