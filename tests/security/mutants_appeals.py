"""Letters and papers: what keeps a name out, asks for two signatures and forgets nobody, removed one at a time."""

from mutant import Mutant

CORE, APPEALS, PAPERS = "tests/core/test_appeal_rules.py", "tests/web/test_appeals.py", "tests/web/test_papers_printed.py"
NAMING = "test_a_body_that_tells_the_state_needs_both_yeses_and_a_no_outweighs_them"
SIGNED = "test_what_they_signed_names_them_to_the_united_nations_alone_and_no_child_without_what_is_best_for_it"
OWED = "test_everybody_who_was_told_before_is_owed_a_correction"
STOPPED = "test_an_embargo_and_a_word_taken_back_stop_what_two_have_signed"
CORRECTED = "test_a_correction_is_drafted_for_everybody_who_was_ever_told_and_is_owed_until_each_has_theirs"
TYPED = "test_a_name_that_is_typed_where_it_may_not_stand_is_refused"


def _core(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, f"waystation/appeals/{file}.py", old, new, f"{CORE}::{test}", **more)


def _office(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{APPEALS}::{test}", **more)


MUTANTS = [
    _core("a body that tells the State asks for one yes", "addressees", "if to.tells == ALWAYS else (own,)", "if False else (own,)", NAMING,
          refuses="H-06"),
    _core("a no before they left is outweighed", "people", "    if person.signed is False:\n", "    if False:\n", NAMING, refuses="H-06"),
    _core("what they signed outweighs a later no", "people", "and not _spoken(person.rows, person.id, purpose)", "and True", NAMING,
          refuses="H-06"),
    _core("what they signed names them to a State", "people", 'if recipient == "un_body" and person.signed', "if person.signed", SIGNED,
          refuses="H-05"),
    _core("a letter names a child without what is best for it", "people", "if person.child is not False and not person.best_by_two:", "if False:",
          SIGNED, refuses="H-23"),
    _core("whoever was told first alone hears of a correction", "after", "        found += [(one.id, to) for to in before if to not in heard]\n",
          "        found += [(one.id, to) for to in [*before][:1] if to not in heard]\n", OWED, refuses="H-48"),
    _office("a name that is typed stays", "appeals/composing", "    if roster.entries and any(", "    if False and any(", TYPED, refuses="H-06"),
    _office("a name leaves although the yes was taken back", "appeals/actions_out", "    if not set(letter.now.named) <= now:\n", "    if False:\n",
            STOPPED, refuses="H-06"),
    _office("an embargo holds no letter", "appeals/actions_out", "    if embargoed.standing(actor).on(", "    if False and embargoed.standing(actor).on(",
            STOPPED),
    _office("a correction goes to the first alone", "appeals/actions", "for one in past]", "for one in past[:1]]", CORRECTED, refuses="H-48"),
    _office("a tick is enough", "journeys/responding", 'said["everybody_told"] = not corrections_owed(incident)', "pass", CORRECTED,
            refuses="H-48"),
    _office("the second signature stands for other words", "appeals/letter",
            'values.text(values.part(self.record.body, "signed"), "digest") == self.now.digest', 'bool(self.record.body.get("signed"))',
            "test_two_offices_sign_the_very_text_and_a_change_voids_both"),
    Mutant("a paper declares no standard", "waystation_web/papers/pdf.py", "pdf_standards=list(standards)", "pdf_standards=[]",
           f"{PAPERS}::test_a_file_declares_what_two_readers_of_tagged_pdf_confirm_and_one_without_it_fails"),
    Mutant("sessions stay in a word file", "waystation_web/papers/word.py", "            _forget_sessions(tree)\n", "            pass\n",
           f"{PAPERS}::test_the_word_file_has_both_scripts_and_says_nobody_no_session_and_no_hour"),
]
