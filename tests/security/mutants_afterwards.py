"""Guards of what goes on after somebody said yes and two signed, removed one at a time."""

from mutant import Mutant

CLEARANCE, COPY = "waystation/stories/clearance.py", "waystation_web/packs/actions_copy.py"
HOUSE, DESK = "tests/web/test_story_signed.py", "tests/web/test_evidence.py"
ENDS = "tests/core/test_stories.py::test_a_yes_lasts_as_long_as_it_can_be_read_and_what_is_public_has_no_last_day"

MUTANTS = [
    Mutant("a public page outlives the yes that it rests on", CLEARANCE, "(through is None or row.until < through)", "through is not None and row.until < through",
           ENDS, refuses="H-21"),
    Mutant("a reader reads after the yes has ended", CLEARANCE, "(through is None or row.until < through)", "through is None", ENDS, refuses="H-21"),
    Mutant("whoever is named later is told of no reader", COPY, "told=words_kept(story.told), people=people_of(story),", "told=words_kept(story.told),",
           "tests/web/test_packs.py::test_whoever_is_named_after_the_pack_was_asked_for_takes_it_back_too", refuses="H-21"),
    Mutant("whoever passes it on later is never asked", "waystation_web/stories/actions.py", '        if story.slug and item.get("kind") == "distributor":', '        if story.slug and item.get("kind") == "":',
           f"{HOUSE}::test_whoever_begins_to_pass_it_on_when_it_is_public_is_asked_too_and_a_writer_without_the_case_cannot_add_them", refuses="H-21"),
    Mutant("a page stays public of which no record says so", "waystation_web/stories/actions_publish.py", "            if publication.stands(slug):", "            if not slug:",
           f"{HOUSE}::test_what_is_public_has_a_record_that_says_so_or_is_taken_back"),
    Mutant("what was judged once is judged for every search", "waystation_web/stories/knowing.py", 'if (values.text(one, "id"), where) not in judged})', 'if not any(where == judged_ for _, judged_ in judged)})',
           f"{HOUSE}::test_what_a_later_search_finds_was_judged_by_nobody"),
    Mutant("what does not open was looked for", "waystation_web/stories/roster.py", "network and not broken)", "network)", f"{HOUSE}::test_what_does_not_open_was_not_looked_for"),
    Mutant("a package is handed over after somebody took it back", "waystation_web/evidence/actions_package.py", "        standing(actor, package)\n        return package,", "        return package,",
           f"{DESK}::test_what_was_built_is_not_handed_over_after_somebody_took_back_what_it_rests_on", refuses="H-21"),
    Mutant("a witness answers for whoever is in an original", "waystation_web/evidence/actions_package.py", "if not alone and not persons and (parts or not statements):",
           "if not alone and not persons and not statements:", f"{DESK}::test_a_statement_that_goes_along_answers_for_nobody_in_an_original", refuses="H-21"),
    Mutant("what would be in another world takes the room of a way", "waystation_web/season/gathering.py", "        if is_changed(held):", "        if False:",
           "tests/web/test_season.py::test_what_would_be_in_another_world_is_no_way_and_takes_the_room_of_none"),
    Mutant("a month is proposed for whoever left", "waystation_web/season/actions.py", "if gone := _gone(actor, found, moved):", "if gone := ():",
           "tests/web/test_season.py::test_whoever_left_meanwhile_is_proposed_to_nobody"),
    Mutant("a memo leaves under an embargo", "waystation_web/status/taking.py", "    if embargoed.standing(actor).on(one.case_ref, one.case.hex()):", "    if False:",
           "tests/web/test_status.py::test_pages_say_what_is_due_and_what_is_missing"),
]
