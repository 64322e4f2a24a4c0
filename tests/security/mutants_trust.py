"""Guards of what is flagged and what is not: chance, links, lifts, and the payment that waits for two."""

from mutant import Mutant

FLAGS, LINKS = "tests/trust/test_deception.py", "tests/trust/test_links.py"
HELD = "tests/web/test_flags.py"
UNLUCKY = f"{FLAGS}::test_the_flags_that_should_rise_do_and_the_honest_guide_is_not_condemned"


def _core(name: str, file: str, old: str, new: str, killed_by: str) -> Mutant:
    return Mutant(name, f"waystation/trust/{file}.py", old, new, killed_by)


def _web(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, killed_by, refuses)


PURE = [
    _core("losses condemn, whatever the leg", "chance",
          "len(self.losses) >= FEWEST and self.tail * self.looked_at <= RARE", "len(self.losses) >= FEWEST", UNLUCKY),
    _core("one betrayal condemns", "chance", "FEWEST = 2 ", "FEWEST = 1 ",
          f"{FLAGS}::test_one_betrayal_condemns_nobody_however_safe_the_leg_was"),
    _core("whoever looks long enough finds one", "chance", "self.tail * self.looked_at <= RARE", "self.tail <= RARE",
          f"{FLAGS}::test_the_more_are_looked_at_the_rarer_it_must_be"),
    _core("a silent party was betrayed", "chance", "if one.betrayed is not None]", "if True]",
          f"{FLAGS}::test_what_the_lost_parties_shared_besides_is_said_and_whose_end_nobody_knows_counts_neither_way"),
    _core("the tail forgets what reached it", "chance", "reached = reached + below[:, -1] * one", "reached = below[:, -1] * one",
          f"{LINKS}::test_the_tail_is_what_counting_every_way_gives"),
    _core("a lift has no end", "flags", "one.on <= day <= one.ends]", "one.on <= day]",
          f"{FLAGS}::test_a_lifted_flag_rises_again_on_the_day_after_its_end"),
    _core("any later demand has grown", "ploys", "and one.amount.amount < later.amount.amount]", "]",
          f"{FLAGS}::test_a_demand_grows_only_after_a_payment_and_only_in_its_own_money"),
    _core("our own number joins everybody", "links", "if key in ours or len(", "if len(",
          f"{LINKS}::test_a_number_that_everybody_has_and_our_own_join_nobody_and_are_said"),
    _core("links are not followed", "links", "        above[high] = low\n", "        above[other] = low\n",
          f"{LINKS}::test_groups_are_the_closure_of_the_links"),
]
PAYMENTS = [
    Mutant("a flag asks nobody", "waystation/ledger/signatures.py", "    if flagged:\n        return Why.FLAGGED\n", "",
           "tests/core/test_ledger_signatures.py::test_a_flag_asks_for_two_whatever_the_amount", "H-32"),
    _web("a flag is not looked up when it is paid", "ledger/actions_sign",
         "                    flagged=bool(flags_on(actor, line.entry, _own_flags(line))))\n", "                    )\n",
         f"{HELD}::test_a_payment_to_whoever_is_flagged_waits_for_two_whatever_the_amount_and_says_why", "H-32"),
    _web("who signed before a flag signed for it too", "ledger/actions_sign", "and flags.since >= line.first.at", "and False",
         f"{HELD}::test_who_signed_before_a_flag_was_raised_did_not_know_of_it_and_is_asked_again", "H-32"),
    _web("what its writer marks holds nothing", "ledger/flagging", "    return Flags(tuple(marked), ", "    return Flags((), ",
         f"{HELD}::test_a_flag_that_the_writer_of_a_line_marks_asks_for_two_as_well", "H-32"),
    _web("who cannot read what is flagged pays alone", "duty/flagged", "                  lacks(actor, Kind.HOUSE))",
         "                  False)",
         f"{HELD}::test_those_who_pay_are_told_the_rule_by_marks_and_no_name_and_who_cannot_read_it_asks_for_two"),
    _web("who raised a flag lifts it", "contacts/flags", '        approvals.another(actor, bytes.fromhex(item["by"]), vault=contact)\n', "",
         f"{HELD}::test_a_flag_rests_by_another_liaison_for_a_reason_until_a_day_and_stays_on_the_page"),
    _web("a lifted flag never comes back to those who pay", "duty/flagged", "today <= date.fromisoformat(until)", "True",
         f"{HELD}::test_a_flag_rests_by_another_liaison_for_a_reason_until_a_day_and_stays_on_the_page"),
    _web("another name is another person", "contacts/actions", "        renamed(actor, held, after)\n", "",
         f"{HELD}::test_who_is_called_otherwise_now_is_flagged_under_both_names"),
]
SHOWN = [
    _web("a shared number is shown", "contacts/linked", '"" if number else link.through', "link.through",
         "tests/web/test_contact_links.py::test_links_are_drawn_and_stand_in_a_table_with_steps_and_no_number_stands_anywhere"),
]
MUTANTS = [*PURE, *PAYMENTS, *SHOWN]
