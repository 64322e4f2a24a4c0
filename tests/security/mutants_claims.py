"""Guards of claims, removed one at a time: what a State is told, who learns of a complaint, what a pack gives away."""

from mutant import Mutant

DEMANDS, COMPLAINTS, OWN = (f"tests/web/{name}.py" for name in ("test_demands", "test_complaints", "test_own_file"))


def _demand(name, file, old, new, test, refuses="H-26"):
    return Mutant(name, f"waystation_web/{file}.py", old, new, f"{DEMANDS}::{test}", refuses)


def _complaint(name, file, old, new, test):
    return Mutant(name, f"waystation_web/claims/{file}.py", old, new, f"{COMPLAINTS}::{test}", "H-36")


def _own(name, file, old, new, test, refuses="H-42"):
    return Mutant(name, f"waystation_web/claims/{file}.py", old, new, f"{OWN}::{test}", refuses)


ACTS = "claims/actions_demand"
DOORS = "test_a_key_that_reached_them_all_the_same_opens_nothing_for_them"
PACK = "test_the_pack_has_every_own_field_and_nobody_elses_name"

MUTANTS = [
    _demand("a key past its end opens nothing to a State", "vault/holdings", 'version=F("vault__version"))', 'version=F("vault__version"), until=None)',
            "test_a_key_past_its_end_counts_until_its_row_is_gone"),
    _demand("what two of a team hold counts twice", "claims/production", ".update(marks)", ".update(count.by.hex() + mark for mark in marks)",
            "test_the_report_is_what_the_slow_twin_opens_of_everybody_named"),
    _demand("an old count is believed", "claims/queries_demand", "counted.of != digest_of(own)", "False",
            "test_a_count_that_is_true_no_more_is_said_and_whoever_did_not_count_is_too"),
    _demand("anybody decides on a demand", ACTS, "    if actor.id not in demand.deciders:\n", "    if False:\n",
            "test_the_two_who_are_named_decide_and_nobody_else_or_alone"),
    _demand("a State that sends people back is answered", ACTS, "    if demand.walled:\n", "    if False:\n",
            "test_a_state_that_sends_people_back_gets_nothing", "H-05 H-26"),
    _demand("something is given before anybody decided", ACTS, "        if demand.decided != PART:\n", "        if False:\n",
            "test_nothing_is_given_before_two_decided_it_and_by_two_with_its_digest"),
    _demand("a State is told of somebody without their yes", ACTS, "        if not isinstance(found, Allowed):\n", "        if False:\n",
            "test_nothing_of_somebody_who_did_not_say_yes_to_telling_this_state", "H-05"),
    _demand("a freeze holds nothing", ACTS, '{bytes.fromhex(one): str(type_) for one, type_ in this["vaults"].items()}', "{}",
            "test_what_is_frozen_goes_by_nobody_and_by_no_time_and_only_two_freeze_it"),
    Mutant("an order not to tell ends a day early", "waystation_web/claims/demand.py", "return today <= self.until", "return today < self.until",
           f"{DEMANDS}::test_whoever_was_asked_about_is_told_when_an_order_not_to_tell_has_ended"),
    _complaint("whom it is about reads it with a key", "queries_complaint", "    if actor.id in found.about:\n", "    if False:\n", DOORS),
    _complaint("whom it is about finds it in the list", "queries_complaint", " if actor.id not in one.about]", "]", DOORS),
    _complaint("whom it is about handles it", "routing", "if one.id not in about]", "]",
               "test_about_the_head_it_goes_to_other_offices_and_the_page_says_that_the_head_is_the_only_one"),
    _complaint("whoever it turns out to be about keeps the key", "actions_complaint",
               "            records.end_share(actor, complaint_id, account)\n", "            pass\n",
               "test_whoever_it_turns_out_to_be_about_reads_nothing_from_then_on"),
    _complaint("whom it is about takes it down", "actions_complaint", "    if actor.id in about:\n", "    if False:\n",
               "test_nobody_takes_down_what_is_about_themself_and_nothing_is_kept_where_nobody_else_is"),
    Mutant("every head of an organisation reads complaints", "waystation/access/roles.py", '"complaint": "n n n  n  n  n  n  -  n"',
           '"complaint": "n n n  n  n  n  n  -  R"', "tests/security/test_roles.py::test_table_equals_both_readings"),
    _own("words that nobody read go out", "pack", 'gettext("Not read through yet.")', "self.source",
         "test_what_nobody_read_is_not_in_it_and_what_was_changed_since_is_read_again"),
    _own("what was changed since is not read again", "pack", 'if said.get("of") == digest_of(text):', "if said:",
         "test_what_nobody_read_is_not_in_it_and_what_was_changed_since_is_read_again"),
    _own("a name that was left in goes out", "pack", 'redacted(values.text(said, "text"), self.others, careful=False)', 'values.text(said, "text")',
         "test_a_known_name_goes_out_not_even_where_whoever_read_it_left_it_in"),
    _own("a field that nobody thought of is left out in silence", "pack_case", '    found.rest("case", body, KNOWN)\n', "", PACK),
    _own("what another said stands in it", "pack_case", ' if values.text(said, "person") == one.id]', "]", PACK),
    _own("a silent incident stands in it", "pack_road", ' or held.body.get("silent") or kind == DURESS:', ":", PACK),
    _own("whoever asks is given it", "actions_request", "    if not request.known:\n", "    if False:\n",
         "test_nothing_is_given_before_it_is_known_who_asks_and_no_paper_is_asked_for"),
    _own("a pack that nobody read through is given", "actions_request", "        if pack.waiting:\n", "        if False:\n",
         "test_a_pack_that_was_not_read_through_is_given_to_nobody"),
    _own("two months are a month", "request", "MONTHS = 1", "MONTHS = 2", "test_the_answer_is_due_in_a_month_and_late_the_day_after"),
    _own("it is put off for ever", "actions_request", "if request.extended or clock.today() > request.first_due:", "if False:",
         "test_it_is_put_off_once_by_two_months_and_only_within_the_first"),
    _own("paper goes out under an embargo", "actions_request", 'if how == "paper" and ', "if False and ",
         "test_no_paper_goes_out_under_an_embargo_and_a_voice_may_still_read", "H-12"),
]
