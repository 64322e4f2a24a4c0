"""Guards between plan, status, appeal and evidence, removed one at a time."""

from mutant import Mutant

AGREED = ("tests/web/test_evidence.py::"
          "test_a_package_rests_on_what_the_case_says_today_for_this_recipient_and_every_no_stops_it")
TOLD = ("tests/web/test_evidence.py::"
        "test_a_statement_goes_along_only_where_its_witness_says_yes_to_it_in_their_case_too")
LISTED = ("tests/web/test_appeals.py::"
          "test_an_office_of_the_directory_is_written_to_only_where_a_yes_covers_who_learns_a_name_there_and_says_its_age")

MUTANTS = [
    Mutant("protection is said to begin behind a State that nobody knows", "waystation_web/plans/earliest.py",
           "if found is None or not all(country for _place, country in way[:found.place]):", "if found is None:",
           "tests/web/test_plans_said.py::"
           "test_protection_begins_at_the_first_state_with_a_way_and_nowhere_behind_one_that_nobody_knows"),
    Mutant("an English memo in a Korean letter says that it is Korean", "waystation/appeals/draft.py",
           "annex_language=MEMO_LANGUAGE if annexes and language != MEMO_LANGUAGE else", 'annex_language="" if annexes else',
           "tests/core/test_appeal_rules.py::"
           "test_the_memo_is_annexed_in_the_language_of_its_sources_and_a_letter_in_another_says_so"),
    Mutant("an English annex is read aloud as Korean", "waystation_web/papers/word.py",
           'said.set(qn("w:val"), TAGS[other])', 'said.set(qn("w:val"), TAGS["ko"])',
           "tests/web/test_papers_printed.py::test_an_annex_in_another_language_is_read_aloud_in_its_own"),
    Mutant("a yes that is not what it was carries a package", "waystation_web/evidence/agreeing.py",
           "    if now != list(package.consents):\n", "    if now is None:\n", AGREED, refuses="H-21"),
    Mutant("whoever cannot see what was taken back signs a package", "waystation_web/evidence/actions_package.py",
           "        still(actor, package, clock.today())\n        manifest =", "        manifest =", AGREED, refuses="H-21"),
    Mutant("a statement goes along, and its witness is not asked", "waystation_web/evidence/telling.py",
           "[*people, *((of.case, of.person) for of in found)]", "people", TOLD, refuses="H-21"),
    Mutant("a statement goes along that was cleared for nothing", "waystation_web/testimony/actions_use.py",
           '    if use not in values.part(held.body, "cleared"):\n', '    if use is None:\n', TOLD, refuses="H-21"),
    Mutant("a statement goes to the media whole", "waystation_web/evidence/telling.py",
           "    if wanted.use not in USES:\n", "    if not wanted.use:\n", TOLD, refuses="H-21"),
    Mutant("a package is signed whose statement says something else now", "waystation_web/evidence/actions_package.py",
           "contents_of(items) | telling.digests(more)", "contents_of(items)", TOLD),
    Mutant("an office of a State is written to as if no State learned of it", "waystation_web/appeals/listed.py",
           "    if not fits(to, one.authority, one.country, state):\n", "    if not to:\n", LISTED, refuses="H-06"),
    Mutant("an old address of the directory looks new", "waystation_web/appeals/listed.py",
           "OLD = timedelta(days=180)", "OLD = timedelta(days=18000)", LISTED),
]
