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
RECORD, WALK, CASE = "tests/trust/test_suggested.py", "tests/web/test_ploys.py", "tests/web/test_weighed.py"
BROKER = f"{WALK}::test_a_broker_who_sells_is_suggested_by_his_price_and_his_number_and_what_is_raised_holds_the_money"
OFFICIAL = f"{WALK}::test_an_official_who_sells_a_release_is_suggested_and_who_lets_it_be_says_why_until_there_is_a_new_fact"
BETWEEN = f"{WALK}::test_a_go_between_of_a_regime_is_suggested_by_when_he_came_and_by_what_he_asks_for"
WORST = f"{RECORD}::test_who_walks_the_worst_leg_is_not_suggested_and_an_unknown_danger_neither_raises_nor_clears"
BAIT = f"{RECORD}::test_bait_is_seen_where_parties_were_lost_under_their_word_of_calm_against_the_danger_that_was_known"
SUGGESTED = [
    _core("every fee is a release", "suggested", "                  for one in known.asked if one.release)", "                  for one in known.asked)",
          f"{RECORD}::test_an_official_who_asks_money_for_a_release_is_seen_and_a_fee_is_no_release"),
    _core("who was known before the capture came after it", "suggested", " and one.on <= known.since]", "]",
          f"{RECORD}::test_a_go_between_of_a_regime_is_seen_by_when_he_came_and_what_he_asks"),
    _core("an unknown danger was none", "suggested", "one.betrayed) for one in those if one.chance is not None]",
          "one.betrayed) if one.chance is not None else Passage(one.party, one.on, 0.0, one.betrayed) for one in those]", WORST),
    _core("a word of calm stands for ever", "suggested", "said.first <= leg.on <= said.until", "said.first <= leg.on", BAIT),
    _core("one source is looked at, however many spoke", "suggested", "{**others, known.name: together}", "{known.name: together}", BAIT),
    _core("whoever passes a house slept there", "suggested",
          "any(party == one.party and place == one.start and on <= one.on for party, place, on in came)", "True",
          f"{RECORD}::test_a_host_is_seen_by_what_follows_a_night_in_the_house"),
    _core("a larger fee for another way has grown", "suggested", "if not one.release and plain(one.of) == way]", "if not one.release]",
          f"{RECORD}::test_a_demand_grows_for_one_leg_or_one_case_and_a_larger_fee_for_another_way_is_none"),
    _web("a silent incident speaks on the page of a contact", "journeys/of_contact", 'met = shown(looks.people.of("incident"))',
         'met = list(map(__import__(f"{__package__}.incidents", fromlist=["x"]).incident_of, looks.people.of("incident")))',
         f"{WALK}::test_what_no_shared_screen_shows_and_what_was_no_capture_suggests_nothing"),
    _web("what was let be is never suggested again", "contacts/suggesting", "(each.rule, each.facts) == (flag.rule, facts)",
         "each.rule == flag.rule", OFFICIAL),
    _web("what was raised is suggested for ever", "contacts/suggesting", "        if _raised(one, flag, facts):\n            continue\n", "",
         OFFICIAL),
    _web("a flag of long ago answers what came later", "contacts/suggesting", "else each.on >= newest)", "else True)",
         f"{WALK}::test_bait_is_suggested_where_parties_were_lost_under_a_word_of_calm_and_only_beyond_the_danger_that_was_known"),
    _web("a demand is paid before it is made", "contacts/actions_asked", 'if not date.fromisoformat(line["on"]) <= on <= clock.today():',
         "if on > clock.today():", BETWEEN),
    _web("one demand is paid twice", "contacts/actions_asked", '        if line.get("paid"):', "        if False:", BETWEEN),
    _web("a suggestion does without a reason", "contacts/forms_asked", 'reason = forms.CharField(label=_("Why not"), max_length=600)',
         'reason = forms.CharField(label=_("Why not"), max_length=600, required=False, initial="x", empty_value="x")', OFFICIAL),
    _web("our own prices are what he is held against", "contacts/weighing", "    for other in others:\n", "    for other in (one,):\n", BROKER),
    _web("what nobody wrote down looks known", "contacts/weighing", "known=bool(seen.all.known))", "known=True)",
         f"{CASE}::test_where_nobody_wrote_anything_down_every_line_says_so_and_none_looks_good"),
    _web("what one may not read is silently left out", "contacts/gathering", "if holding(one, roles) < Holding.ASSIGNED and not looks.of(one))",
         "if False)", f"{CASE}::test_who_is_not_given_journeys_or_payments_is_told_that_they_are_not_in_the_answer"),
    _web("the danger of all who left is that of a leg", "journeys/danger", " / begun) if begun > 0", ") if begun > 0",
         f"{CASE}::test_the_danger_of_a_leg_is_of_those_who_begin_it_and_not_of_all_who_leave"),
    _web("a guide is judged by hindsight", "journeys/stages", '           "chance": danger.of_leg(plan.body, stop.leg)}', '           "chance": None}',
         f"{CASE}::test_a_party_that_sets_out_takes_the_danger_of_that_day_with_it_and_later_plans_change_nothing"),
    _web("a reward elsewhere tempts here", "ledger/of_contact", 'if contact.countries and one.place.partition("-")[0] not in contact.countries:',
         "if False:", f"{CASE}::test_what_a_betrayal_would_pay_stands_in_one_sentence_reward_and_party_beside_fee_exposure_and_record"),
    _web("what does not open is not said", "contacts/weighing", "len(set(found.broken)))", "0)",
         f"{CASE}::test_what_does_not_open_is_said_and_the_rest_stands"),
]
MUTANTS = [*PURE, *PAYMENTS, *SHOWN, *SUGGESTED]
