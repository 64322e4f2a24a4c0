"""Guards of money, removed one at a time: who signs, how long a ransom waits, what is said of law, debts, traps and jumps."""

from mutant import Mutant

SIGN, SUMS, DEBTS = (f"tests/core/test_ledger_{name}.py" for name in ("signatures", "sums", "debts"))
LEDGER, PAGES, OWED = (f"tests/web/test_ledger{name}.py" for name in ("", "_pages", "_owed"))


def _core(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation/ledger/{file}.py", old, new, killed_by, refuses)


def _web(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/ledger/{file}.py", old, new, killed_by, refuses)


SIGNATURES = [
    _core("a bribe of a dollar is one person's", "signatures", "    if entry.kind in TWO_ALWAYS:\n        return Why.KIND\n", "",
          f"{SIGN}::test_who_must_be_asked", refuses="H-32"),
    _core("the limit of the house is passed by one", "signatures", "if n == 0 and total > coins(limit):", "if False:",
          f"{SIGN}::test_who_must_be_asked", refuses="H-32"),
    _core("a payment is split below the limit", "signatures", "return Why.TOGETHER if total > coins(limit) else None",
          "return None", f"{SIGN}::test_a_payment_is_not_split_to_pass_below_the_limit", refuses="H-32"),
    _core("one signature pays a ransom", "signatures", "    if facts.signatures < 2:\n", "    if facts.signatures < 1:\n",
          f"{SIGN}::test_each_thing_that_is_missing_stops_a_ransom_alone", refuses="H-32"),
    _core("a ransom is paid at once", "signatures", "        if ends is None or facts.now < ends:\n", "        if ends is None:\n",
          f"{SIGN}::test_each_thing_that_is_missing_stops_a_ransom_alone", refuses="H-32"),
    _core("a house may wait less than a day", "signatures", "hours=max(hours, LEAST_HOLD_H)", "hours=hours",
          f"{SIGN}::test_a_hold_is_never_shorter_than_a_day", refuses="H-32"),
    _core("paid without proof of life", "signatures", "        if not facts.proof_asked:\n", "        if False:\n",
          f"{SIGN}::test_each_thing_that_is_missing_stops_a_ransom_alone", refuses="H-35"),
    _web("two of one office decide a ransom", "actions_sign", "return bool(other) and len(mine | other) >= 2", "return True",
         f"{LEDGER}::test_a_ransom_is_not_decided_by_two_of_one_office", refuses="H-32"),
    _web("a payment needs nobody's signature", "actions_sign", "        if what := missing(line.entry, facts_of(actor, line), why):\n",
         "        if what := ():\n", f"{LEDGER}::test_a_ransom_waits_a_day_is_decided_by_a_coordinator_and_finance_and_asks_for_proof",
         refuses="H-32"),
]
LAW = [
    _core("a bribe without a word of counsel", "entries", "    if entry.kind in TWO_ALWAYS and not entry.legal_note.strip():\n",
          "    if False:\n", f"{SUMS}::test_a_bribe_stands_with_its_law_and_a_note_or_not_at_all", refuses="W-12"),
    _web("a ransom without its law", "words", "    if kind == Kind.RANSOM:\n        said", "    if False:\n        said",
         f"{PAGES}::test_a_bribe_and_a_ransom_come_with_their_law_or_not_at_all", refuses="W-11"),
    _web("a bribe without its law", "words", "    if kind == Kind.BRIBE or legal == LegalFlag.BRIBERY:\n", "    if False:\n",
         f"{PAGES}::test_a_bribe_and_a_ransom_come_with_their_law_or_not_at_all", refuses="W-12"),
    _web("sanctions are not spoken of", "words", "    if legal == LegalFlag.SANCTIONS:\n", "    if False:\n",
         f"{PAGES}::test_what_the_law_may_call_it_stands_beside_a_payment", refuses="W-12"),
    _web("smuggling for gain is not spoken of", "words", "    if kind in {Kind.FEE, Kind.GUIDE}:\n", "    if False:\n",
         f"{PAGES}::test_what_the_law_may_call_it_stands_beside_a_payment", refuses="W-12"),
    _web("signs of a trap are not shown", "question", "flag in body.get(\"flags\") or () if flag in words.FLAGS", "flag in ()",
         f"{LEDGER}::test_a_demand_that_looks_like_a_trap_names_who_asks_shows_its_signs_and_is_held", refuses="W-10"),
    _web("signs of a trap are not signed", "entry", '"proof_asked", "flags")', '"proof_asked")',
         f"{LEDGER}::test_what_was_changed_after_a_signature_is_not_what_was_signed", refuses="W-10"),
]
OWING = [
    _core("a debt above the grant is no warning", "debts", "    if of_grant is not None and of_grant > 1:\n", "    if False:\n",
          f"{DEBTS}::test_more_than_the_grant_is_warned_of", refuses="W-05 H-33"),
    _core("half of an income is no warning", "debts", "SHARE_OF_INCOME = Fraction(30, 100)", "SHARE_OF_INCOME = Fraction(50, 100)",
          f"{DEBTS}::test_more_than_thirty_of_a_hundred_of_income_is_warned_of", refuses="W-05 H-33"),
    _core("papers held for a debt raise no flag", "debts", "    elif debt.security & HELD_OVER_PEOPLE:\n", "    elif False:\n",
          f"{DEBTS}::test_signs_of_debt_bondage", refuses="H-33"),
    _core("work without an end is work", "debts", "        if not debt.work_has_an_end:\n", "        if False:\n",
          f"{DEBTS}::test_signs_of_debt_bondage", refuses="H-33"),
    _core("a jump is twice the middle", "observations", "JUMP = Fraction(3, 2)", "JUMP = Fraction(2)",
          f"{DEBTS}::test_a_jump_is_measured_against_what_can_be_compared", refuses="W-06"),
    _web("a jump is not shown", "queries_debts", "wage, jump(before) is not None)", "wage, False)",
         f"{PAGES}::test_a_reward_half_as_much_again_as_those_before_is_called_a_jump", refuses="W-06"),
    _web("a debt is weighed against nothing", "debt", "weigh(debt, now, grant=in_code, income=income)",
         "weigh(debt, now, grant=None, income=None)", f"{OWED}::test_a_debt_stands_against_the_grant_and_the_income", refuses="W-05 H-33"),
]
STOPPED = "tests/web/test_stopped.py"
FROZEN = [
    _core("a frozen code name is paid", "signatures", "    if facts.frozen and entry.direction is Direction.OUT:\n", "    if False:\n",
          "tests/core/test_ledger_signatures.py::test_each_thing_that_is_missing_stops_a_ransom_alone"),
    _web("nobody asks whether a code name is frozen", "actions_sign", "frozen=_frozen(actor, line)", "frozen=False",
         f"{STOPPED}::test_what_a_person_froze_is_not_paid_until_it_is_let_go"),
    _web("what is paid for a party that was taken is paid on", "actions_sign", '"" if line.entry.kind is Kind.RANSOM else line.entry.case', '""',
         f"{STOPPED}::test_what_is_paid_for_a_party_stops_with_its_case_but_a_demand_has_a_hold_of_its_own"),
    Mutant("a freeze is not told to those who pay", "waystation_web/network/freezes.py", "    payments.stop(actor, codes_, of=made.id)\n", "",
           f"{STOPPED}::test_what_a_person_froze_is_not_paid_until_it_is_let_go"),
    Mutant("letting one go frees all", "waystation_web/network/freezes.py", "payments.keep(actor, still(", "payments.keep(actor, set() and (",
           f"{STOPPED}::test_what_a_person_froze_is_not_paid_until_it_is_let_go"),
    Mutant("a code name with another capital is paid", "waystation_web/duty/stopped.py", "code.casefold()", "code",
           f"{STOPPED}::test_what_a_person_froze_is_not_paid_until_it_is_let_go"),
    Mutant("who cannot know pays", "waystation_web/duty/stopped.py", "return lacks(actor, Kind.HOUSE) or any(", "return any(",
           f"{STOPPED}::test_who_came_later_and_cannot_know_pays_nobody"),
    Mutant("the list of the stopped names them", "waystation_web/duty/stopped.py", "blake2b(one.encode(), key=salt, digest_size=16).hexdigest()", "one",
           f"{STOPPED}::test_the_list_names_nobody_and_a_coordinator_who_cannot_read_it_lets_nothing_go"),
]
MUTANTS = [*SIGNATURES, *LAW, *OWING, *FROZEN]
