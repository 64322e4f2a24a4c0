"""Guards of the choice of missions, removed one at a time."""

from mutant import Mutant

WEB, AT = "tests/web/test_season.py", "waystation_web/season"
ONE = f"{WEB}::test_one_persons_word_is_not_enough_and_a_changed_word_is_refused"
UNKNOWN = f"{WEB}::test_what_nobody_knows_is_no_number_and_moves_nobody"
LIMITS = f"{WEB}::test_nobody_is_forgotten_without_reason_or_moved_past_a_limit"

MUTANTS = [
    Mutant("one person's word is a choice of two", f"{AT}/chosen.py", "return ASKED if self.asked_by is not None else COMPUTED",
           "return DECIDED if self.asked_by is not None else COMPUTED", ONE, refuses="H-07"),
    Mutant("what is to become of a mission is signed by nobody", f"{AT}/chosen.py", 'SIGNED = ("digest", "chosen", "decided", "knew")',
           'SIGNED = ("digest", "decided", "knew")', ONE),
    Mutant("a way that nobody knows is signed all the same", f"{AT}/actions.py", 'found += [("barred", one) for one in weighing.barred(moved)]',
           "found += []", UNKNOWN),
    Mutant("unknown is written down as a number", f"{AT}/ways.py", '{"arrives": None, "low": None, "lost": 0}', '{"arrives": 700, "low": 700, "lost": 0}',
           UNKNOWN),
    Mutant("a limit of the house is passed by whoever chooses", f"{AT}/actions.py", 'return found or [("broken", one) for one in weighing.broken(moved)]',
           "return found", LIMITS),
    Mutant("a mission is left out without a word", f"{AT}/actions.py",
           '[("missing", code) for code in sorted(there - {one.mission for one in chosen})]', "[]", LIMITS),
    Mutant("somebody who took it back is chosen all the same", f"{AT}/actions.py", "if found.asked_by != actor.id and (gone := _gone(actor, found, found.moved)):",
           "if gone := ():", LIMITS),
    Mutant("whoever proposed says no for the second", f"{AT}/actions.py", "            approvals.another(actor, found.asked_by, vault=held.id)\n",
           "            pass\n", f"{WEB}::test_the_second_person_may_be_of_another_room_or_decline_with_reasons"),
    Mutant("the first way is chosen for whoever chooses", f"{AT}/forms.py", "widget=forms.RadioSelect,\n",
           "widget=forms.RadioSelect, initial=ways[0][0] if ways else WAIT,\n",
           f"{WEB}::test_pages_take_what_is_typed_say_need_and_safety_apart_and_preselect_nothing", refuses="H-07"),
    Mutant("who is not asked about falls out in silence", f"{AT}/gathering.py", "            left.append((case.ref, why))\n", "            pass\n",
           f"{WEB}::test_two_people_choose_each_mission_by_itself_and_nothing_starts"),
]
