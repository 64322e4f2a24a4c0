"""Guards of testimony, removed one at a time: versions, hedges, sources, interviews, coding, uses, and who sees what."""

from mutant import Mutant

CORE, WEB = "tests/core/test_claims_counted.py", "tests/web/test_testimony.py"


def _core(name, file, old, new, test, refuses=""):
    return Mutant(name, f"waystation/testimony/{file}.py", old, new, f"{CORE}::{test}", refuses)


def _office(name, file, old, new, test, refuses=""):
    return Mutant(name, f"waystation_web/testimony/{file}.py", old, new, f"{WEB}::{test}", refuses)


OVERWRITTEN = "test_a_version_that_was_overwritten_taken_out_or_moved_is_found"
BY_HAND = "test_independent_sources_are_counted_as_by_hand"
SOLE = "test_the_label_of_a_single_source_and_a_denial_stand_in_the_file_of_claims"

MUTANTS = [
    _core("words of a version are changed and nobody finds it", "versions", "if one.commit != committed(one.salt, one.text):", "if False:",
          OVERWRITTEN, "H-39"),
    _core("a version is taken out and nobody finds it", "versions", "        if one.before != before:\n", "        if False:\n", OVERWRITTEN, "H-39"),
    _core("a machine's draft is quoted", "versions", "    if one.machine:\n", "    if False:\n",
          "test_a_machines_draft_and_a_recording_are_quoted_by_nobody_and_nothing_is_coded_before_it_is_read_back", "H-39"),
    _core("statements are counted, not sources", "independence", "    if one.witness and one.witness == other.witness:\n        return True\n", "",
          BY_HAND, "W-03"),
    _core("what was taken back counts as a source", "independence", 'return claim.status != "recanted" and ', "return ", BY_HAND),
    _core("what is inferred from a picture counts as a source", "independence", 'claim.level in {"", "observed"}', "True", BY_HAND),
    _core("a single source is not called one in a package", "files", '"single_source": count.single}', '"single_source": False}', SOLE, "W-03"),
    _core("a hedge is upgraded", "claims", "    if surer(sure, certainty(version.text[found[0]:found[1]])):\n", "    if False:\n",
          "test_a_hedge_stays_with_the_claim_and_with_the_act_and_is_never_upgraded"),
    _core("a withheld version is left out in silence", "files", "for one in versions],\n        \"recantation\"",
          "for one in versions if one.n in shown],\n        \"recantation\"",
          "test_every_version_stands_in_the_file_and_the_withheld_ones_by_their_commitment", "H-39"),
    _office("earlier interviews are not shown before another", "actions", "seen == digest(earlier)", "True",
            "test_another_interview_shows_the_earlier_ones_and_needs_a_reason", "H-22 W-18"),
    _office("another interview needs no reason", "actions", '        refuse(may_plan(Planned(len(earlier), ', '        refuse(may_plan(Planned(0, ',
            "test_another_interview_shows_the_earlier_ones_and_needs_a_reason", "H-22 W-18"),
    _office("an insider is coded without a lawyer", "actions_claims",
            '        refuse(may_code(of.kind, of.counsel, own_part=written.get("own_part") is not False), held.id)\n', "",
            "test_nothing_an_insider_says_is_coded_before_a_lawyer_was_spoken_of", "H-14"),
    _office("what was not read back is coded", "actions_claims", "        refuse(codable(of.versions, one.n), held.id)\n", "",
            "test_acts_of_any_country_and_force_are_coded_and_chosen_by_code", "H-39"),
    _office("an overwritten version opens a page", "statement", "        check(kept)\n", "",
            "test_versions_are_added_and_one_that_was_overwritten_opens_no_page", "H-39"),
    Mutant("statements are searched", "waystation_web/desk/search.py", '            "incident", "card")', '            "incident", "card", "testimony")',
           f"{WEB}::test_a_researcher_chooses_codes_and_searches_no_word_of_a_witness", "H-13"),
    _office("who held a witness is seen by whoever reads it", "queries", 'values.items(of.body, "captor")) if near else ()',
            'values.items(of.body, "captor"))',
            "test_a_perpetrator_is_a_unit_a_rank_a_facility_and_who_held_somebody_is_seen_by_nobody_else", "H-13"),
    _office("a contributor's identity is seen by whoever reads it", "queries", "    if Role.RIGHTS_OFFICER not in actor.roles:\n", "    if False:\n",
            "test_who_a_contributor_is_and_their_safety_plan_stand_sealed_with_rights_officers"),
    _office("a piece that says how violence was done is quoted", "queries", "each.restricted and each.n == version.n", "False",
            "test_a_piece_is_quoted_for_what_they_said_yes_to_and_not_where_relatives_pay_for_it"),
    _office("what was given goes on after it was taken back", "actions_use",
            "    refuse(may_clear(use, for_use(actor, of, use, second=True)), held.id)\n    return of", "    return of",
            "test_a_child_needs_its_guardian_and_a_case_that_is_not_open_here_clears_nothing"),
    _office("one alone clears it for the public", "actions_use", "        if use in BY_TWO:\n", "        if False:\n",
            "test_it_is_cleared_use_by_use_public_by_two_and_a_withdrawal_counts_at_once"),
]
