"""Guards of what leaves in words and of stories, removed one at a time."""

from mutant import Mutant

HOUSE = "tests/web/test_story_signed.py"
SITE = "tests/web/test_public_site.py"
ROSTER = "tests/core/test_redaction.py"
BYTES = "test_every_way_of_writing_that_can_be_listed_is_found_between_bytes_that_are_no_text"

CORE, CLEAR = "tests/core/test_stories.py", "waystation/stories/clearance.py"
DANGER, FEW = "test_no_story_while_somebody_may_be_in_danger_or_nobody_knows", "test_fewer_than_five_are_too_few_and_below_eleven_another_person_counts"
LABELS = "test_no_piece_without_its_label_and_nothing_invented_as_proof"

MUTANTS = [
    Mutant("a story of a journey that lives", CLEAR, "if road.over is not True:", "if road.over is None:", f"{CORE}::{DANGER}", refuses="H-12"),
    Mutant("a story while helpers are in danger", CLEAR, "if road.helpers_safe is not True:", "if road.helpers_safe is False:", f"{CORE}::{DANGER}",
           refuses="H-12"),
    Mutant("a story under an embargo", CLEAR, "if facts.embargo is not False:", "if facts.embargo is None:", f"{CORE}::{DANGER}", refuses="H-12"),
    Mutant("a story before its day", CLEAR, "facts.today < facts.until:", "facts.today > facts.until:", f"{CORE}::{DANGER}", refuses="H-12"),
    Mutant("a relative inside is known by it", CLEAR, "if facts.inside_identifiable is not False:", "if facts.inside_identifiable is None:",
           f"{CORE}::{DANGER}", refuses="H-12"),
    Mutant("four people are enough", "waystation/stories/fitting.py", "FEWEST, ALONE = 5, 11", "FEWEST, ALONE = 4, 11", f"{CORE}::{FEW}", refuses="H-12"),
    Mutant("one person counts ten", "waystation/stories/fitting.py", "FEWEST, ALONE = 5, 11", "FEWEST, ALONE = 5, 10", f"{CORE}::{FEW}", refuses="H-12"),
    Mutant("the larger count is believed", CLEAR, "fewest = min(", "fewest = max(", f"{CORE}::{FEW}", refuses="H-12"),
    Mutant("whoever counts twice is two", CLEAR, "reviewers = {one.by for one in facts.counts}", "reviewers = [one.by for one in facts.counts]",
           f"{CORE}::test_whoever_counts_twice_is_one_person", refuses="H-12"),
    Mutant("a story without a label", CLEAR, "if label is None:", "if label == '':", f"{CORE}::{LABELS}", refuses="H-09"),
    Mutant("fiction proves something", CLEAR, "elif one.proof and label not in AS_EVIDENCE:", "elif one.proof and label is Label.RE_ENACTMENT:",
           f"{CORE}::{LABELS}", refuses="H-09"),
    Mutant("a story without consent", CLEAR, "found = allows(one.rows, wish)", "found = Allowed(())",
           f"{CORE}::test_no_story_without_the_standing_yes_of_each_to_what_is_used_of_theirs", refuses="H-21"),
    Mutant("one encoding is not searched", "waystation/evidence/redaction.py", '"utf-16-be", "cp949", "gb18030")',
           '"utf-16-be", "gb18030")', f"{ROSTER}::{BYTES}"),
    Mutant("nobody notices that a search is blind", "waystation/evidence/redaction.py", "    _prove_the_search()\n", "",
           f"{ROSTER}::test_a_search_gone_blind_in_one_encoding_says_so_itself"),
    Mutant("what is packed is not unpacked", "waystation/evidence/containers.py", 'elif data.startswith(b"%PDF"):',
           'elif data.startswith(b"%pdf"):', f"{ROSTER}::test_what_is_packed_is_unpacked_first"),
    Mutant("an empty roster clears everything", "waystation/evidence/redaction.py", "if not roster.entries:",
           "if roster.entries is None:", f"{ROSTER}::test_a_check_against_nobody_or_with_a_control_that_is_not_found_has_failed"),
    Mutant("a given name alone is nobody's", "waystation/evidence/roster.py", "if sort is Sort.NAME else ():\n                    found.set",
           "if sort is Sort.PLACE else ():\n                    found.set",
           f"{ROSTER}::test_what_names_nobody_is_let_by_and_what_only_sounds_alike_is_for_a_person_to_judge"),
    Mutant("what was taken back is shown", "waystation_web/public/site.py", 'if len(parts) > 1 and parts[0] == "stories" and', 'if len(parts) > 3 and parts[0] == "stories" and',
           f"{SITE}::test_what_was_taken_back_says_so_for_good_and_its_files_are_gone", refuses="H-21"),
    Mutant("the public site follows links", "waystation_web/public/site.py", "if kind is None or path.resolve() != path:", "if kind is None:",
           f"{SITE}::test_nothing_outside_of_the_folder_no_link_and_no_hidden_file_is_shown"),
    Mutant("the public site is handed the office's keys", "waystation_web/office/__init__.py",
           'for name in ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT") if name in os.environ}', "for name in os.environ}",
           f"{SITE}::test_the_verb_hands_on_no_key_and_no_database"),
    Mutant("the public site loads the office", "waystation_web/public/site.py", "import stat\n", "import stat\nimport sqlite3\n",
           f"{SITE}::test_the_public_process_loads_nothing_of_the_office"),
    Mutant("a story is published as it was signed, whatever happened since", "waystation_web/stories/actions_publish.py",
           "    found = _live(actor, story)\n    if found:\n", "    found = _live(actor, story)\n    if found is None:\n",
           f"{HOUSE}::test_what_happens_between_the_signatures_and_the_page_stops_it", refuses="H-12"),
    Mutant("other words are published than were signed", "waystation_web/stories/story.py", "if said == CLEARED and values", "if said == RECALLED and values",
           f"{HOUSE}::test_a_word_changed_after_it_was_signed_is_signed_anew", refuses="H-12"),
    Mutant("a consent that was taken back leaves the page", "waystation_web/cases/actions_consent.py",
           'if typed["said"] in {"withdrawn", "no"} and typed["purpose"] in published.PURPOSES:', 'if typed["purpose"] not in published.PURPOSES:',
           f"{HOUSE}::test_whoever_hears_that_somebody_takes_it_back_takes_the_page_down_at_once", refuses="H-21"),
    Mutant("who signs first looks for nobody", "waystation_web/stories/actions_publish.py", ', "looked": looked}', "}",
           f"{HOUSE}::test_whoever_signs_first_looks_into_the_cases_for_whoever_signs_second_and_new_words_are_looked_at_anew"),
    Mutant("whoever does not see the relatives says that none could be known", "waystation_web/stories/story.py",
           'return False if any(values.answer(one, "register") is True for one in said) else None', "return False if said else None",
           f"{HOUSE}::test_the_register_of_relatives_inside_is_open_beside_the_question_and_a_no_without_it_is_none", refuses="H-12"),
    Mutant("half a search is a search", "waystation_web/stories/knowing.py", "if not checks or not whole:", "if not checks:",
           f"{HOUSE}::test_names_alone_or_places_alone_are_half_a_search"),
    Mutant("whoever cannot read the case sees nothing in the way", "waystation_web/stories/knowing.py",
           "*(as_looked(story) if cases is None else cases)", "*(() if cases is None else cases)",
           f"{HOUSE}::test_nothing_that_nobody_asked_is_in_order", refuses="H-12"),
]
