"""Guards of the daily work, removed one at a time: two signatures, consent, steps, decisions, exposure, the child, records."""

from mutant import Mutant

APPROVE, DECIDE, RULES = "tests/security/test_approvals.py", "tests/web/test_decide.py", "tests/core/test_decision.py"
CONSENT, STATUS, PROTECT = ("tests/core/test_casework_consent.py", "tests/core/test_casework_status.py",
                            "tests/web/test_cases_protect.py")
EXPOSE, ASK, DUTY, VET = ("tests/core/test_exposure.py", "tests/web/test_plans_ask.py", "tests/web/test_duty.py",
                          "tests/core/test_vetting.py")
CONTACT = "tests/web/test_contacts.py"
RECORDS, ALOUD, PEOPLE = "tests/web/test_records.py", "tests/core/test_aloud.py", "tests/core/test_casework_people.py"


def _web(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation_web/{file}.py", old, new, killed_by, refuses)


def _core(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation/{file}.py", old, new, killed_by, refuses)


SIGNATURES = [
    _web("one person signs twice", "vault/approvals", "    if first == actor.id:\n", "    if False:\n",
         f"{APPROVE}::test_nobody_signs_twice", refuses="H-32"),
    _web("whom one invited signs second", "vault/approvals", "    if _newcomer(actor.id, first):\n", "    if False:\n",
         f"{APPROVE}::test_whom_the_asker_invited_this_week_does_not_sign_second", refuses="H-32"),
    _web("a first signature lasts for ever", "vault/approvals", '    if clock.now() > _time(block, "until"):\n',
         "    if False:\n", f"{APPROVE}::test_a_day_is_long_enough", refuses="H-32"),
    _web("two signatures last for ever", "vault/approvals", "    if clock.now() > approval.approved_at + WITHIN:\n",
         "    if False:\n", f"{APPROVE}::test_a_day_is_long_enough", refuses="H-32"),
    _web("signed once, done twice", "vault/approvals", '    if "used_at" in block:\n', "    if False:\n",
         f"{APPROVE}::test_two_people_sign_and_it_is_done_once", refuses="H-32"),
    _web("what changed since is still signed", "vault/approvals", '    if digest.hex() != block.get("digest"):\n',
         "    if False:\n", f"{APPROVE}::test_what_was_changed_since_is_not_signed_and_not_done", refuses="H-32"),
    _web("the first signature copied into the second place", "vault/approvals", "    if second == first or not signed_by(",
         "    if not signed_by(", f"{APPROVE}::test_a_block_that_names_one_person_twice_is_refused", refuses="H-32"),
    _web("nobody confirms who they are", "vault/approvals", "    if not actor.stepped_up(clock.now()):\n", "    if False:\n",
         f"{APPROVE}::test_both_confirm_who_they_are", refuses="H-32"),
]
DECISIONS = [
    _core("a no is a yes", "planning/decision", "        if adult.answer is False:\n", "        if False:\n",
          f"{RULES}::test_it_opens_exactly_when_the_slow_twin_says_so", refuses="H-04"),
    _core("nobody need have asked", "planning/decision", "        elif adult.answer is None:\n", "        elif False:\n",
          f"{RULES}::test_no_party_moves_while_one_adult_has_not_said_yes", refuses="H-28"),
    _core("no standing instruction", "planning/decision", "    if not facts.standing_signed:\n", "    if False:\n",
          f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", refuses="H-29"),
    _core("the broker interprets", "planning/decision", "    if facts.adults and facts.interpreter_is_broker:\n",
          "    if False:\n", f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", refuses="H-30"),
    _core("no time after a loss", "planning/decision", "    if facts.now < over:\n", "    if False:\n",
          f"{RULES}::test_after_a_loss_the_second_signature_waits_72_hours_to_the_second", refuses="H-32"),
    _core("a forbidden leg", "planning/decision", "    if facts.forbidden_leg:\n", "    if False:\n",
          f"{RULES}::test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens", refuses="H-04"),
    _core("one signature opens a journey", "planning/decision", "    if facts.signatures < 2:\n", "    if False:\n",
          f"{RULES}::test_one_signature_opens_nothing", refuses="H-32"),
    _core("fewer than twenty is no warning", "planning/decision", "or seen.n < TOO_FEW:", "or seen.n < 0:",
          f"{RULES}::test_each_warning_at_its_edge", refuses="H-27"),
    _web("a decision's words may change", "plans/decided", "            approvals.checked(record.id, block, manifest(body))",
         "            pass", f"{DECIDE}::test_not_a_word_of_a_decision_can_be_changed_afterwards", refuses="H-28"),
    _web("the broker's answer is kept", "cases/actions_asked", '    if typed["interpreter_is_broker"]:\n', "    if False:\n",
         f"{DECIDE}::test_the_broker_of_a_case_never_interprets", refuses="H-30"),
    _web("one person is enough for a child", "cases/asked",
         "        approvals.checked(case, block, best_manifest(item))\n", "        pass\n",
         f"{DECIDE}::test_a_best_interest_record_by_one_or_with_a_changed_word_is_none", refuses="H-23"),
    _web("a later no is forgotten", "cases/asked", "    return later[-1] if later else said[mine[-1]]",
         "    return said[mine[-1]]", f"{DECIDE}::test_a_no_to_leaving_at_all_is_a_no_to_every_plan", refuses="H-04"),
]
CONSENTS = [
    _core("absent is yes", "casework/consent", '    if row is None:\n        return Refused("H-21"',
          '    if row is None:\n        return None and Refused("H-21"',
          f"{CONSENT}::test_each_thing_in_the_way_is_named", refuses="H-21"),
    _core("taking back changes nothing", "casework/consent", "    if row.said is Said.WITHDRAWN:\n",
          "    if False:\n", f"{CONSENT}::test_each_thing_in_the_way_is_named", refuses="H-21"),
    _core("a consent never ends", "casework/consent", "    if row.until is not None and wish.day > row.until:\n",
          "    if False:\n", f"{CONSENT}::test_each_thing_in_the_way_is_named", refuses="H-21"),
    _core("a State need not be named", "casework/consent", "    if wish.recipient in STATES and not wish.country:\n",
          "    if False:\n", f"{CONSENT}::test_each_thing_in_the_way_is_named", refuses="H-05"),
    _core("the wall is gone", "casework/consent", "    if wish.country in ORIGIN | RETURNING and not wish.two_people:\n",
          "    if False:\n", f"{CONSENT}::test_each_thing_in_the_way_is_named", refuses="H-05"),
    _core("a child's guardian is not asked", "casework/consent",
          "    if wish.child is not False and not row.guardian_agrees:\n", "    if False:\n",
          f"{CONSENT}::test_each_thing_in_the_way_is_named", refuses="H-23"),
    _core("vital interest needs no second reader", "casework/consent",
          "    if not ground.reviewer or ground.reviewer == ground.by:\n", "    if False:\n",
          f"{CONSENT}::test_vital_interest_is_another_ground_with_a_reason_and_a_second_reader", refuses="H-21"),
    _web("no agreement is needed", "cases/actions_consent",
         '    if typed["agreement_until"] is None or typed["agreement_until"] < today:\n', "    if False:\n",
         f"{PROTECT}::test_no_agreement_no_referral", refuses="H-25"),
    _web("a referral goes without consent", "cases/actions_consent", "        if isinstance(found, NoConsent):\n",
         "        if False:\n", f"{PROTECT}::test_a_referral_without_a_yes_is_blocked_and_shares_nothing", refuses="H-21"),
    _core("declined without an answer", "casework/status", "(_NAMED, _ANSWER, _REFER), two=True)", "(_NAMED, _REFER), two=True)",
          f"{STATUS}::test_nobody_is_declined_without_an_answer_and_an_attempt_to_refer", refuses="H-34"),
    _core("on the road without an instruction", "casework/status", "(_STANDING, _CONSENT, _YES, _CHILD), two=True)",
          "(_CONSENT, _YES, _CHILD), two=True)", f"{STATUS}::test_no_way_leads_on_the_road_without_it", refuses="H-29"),
    _core("a role makes every step", "casework/moves", "    if not roles & move.who:\n", "    if False:\n",
          f"{STATUS}::test_nobody_makes_a_step_that_is_not_theirs_or_without_a_reason", refuses="H-07"),
]
CONTACTS = [
    _web("an address of a helper is asked for", "contacts/forms", '    roles = forms.MultipleChoiceField(label=_("What they do")',
         '    home_address = forms.CharField(required=False)\n    roles = forms.MultipleChoiceField(label=_("What they do")',
         f"{CONTACT}::test_no_field_names_who_somebody_is_in_law", refuses="H-17"),
    _web("a legal name of a helper is kept", "contacts/actions", 'FIELDS = ("code_name",', 'FIELDS = ("legal_name", "code_name",',
         f"{CONTACT}::test_no_field_names_who_somebody_is_in_law", refuses="H-17"),
    _web("somebody reads every contact unseen", "audit/pace", '"contacts": 19}', '"contacts": 190}',
         f"{CONTACT}::test_who_reads_twenty_contacts_in_an_hour_is_noticed_once", refuses="H-10"),
    _web("a number is kept for ever", "contacts/reach", "FORGOTTEN = timedelta(days=90)", "FORGOTTEN = timedelta(days=900)",
         f"{CONTACT}::test_a_number_is_wiped_ninety_days_after_its_last_use", refuses="H-37"),
    Mutant("a coordinator is given names", "waystation/access/roles.py", '"person": " s  a', '"person": " R  a',
           "tests/security/test_roles.py::test_table_equals_both_readings", refuses="H-10"),
]
OTHERS = [
    _core("the guides met before are forgotten", "planning/exposure", "| ({step.guide} - {\"\"})", "| frozenset()",
          f"{EXPOSE}::test_a_branch_knows_the_guides_of_the_main_way_before_its_fork"),
    _core("a limit on exposure is never passed", "planning/exposure", "self.limit is not None and most > self.limit)",
          "False)", f"{EXPOSE}::test_a_limit_names_the_places_at_which_it_is_passed"),
    _core("whoever was turned back has forgotten it", "planning/exposure", "max(self.counting.of(met), *worst, 0)",
          "self.counting.of(met)", f"{EXPOSE}::test_a_limit_names_the_places_at_which_it_is_passed"),
    _core("a leg beyond the limit is planned with", "planning/exposure", "        shut = known > limit and",
          "        shut = False and", f"{EXPOSE}::test_a_leg_that_alone_gives_too_much_away_is_taken_out_and_no_other"),
    _core("a floor that nobody knows is reached", "cli/answering",
          "    return known.state not in (Knowledge.THIN, Knowledge.MEASURED) or known.low is None or known.low < floor\n",
          "    return False\n", "tests/core/test_answering.py::test_a_floor_is_held_against_the_low_end", refuses="H-27"),
    _web("one plan that does not open closes the list", "plans/queries_list", "        except Refused:\n            broken.append(one.id)\n",
         "        except ZeroDivisionError:\n            broken.append(one.id)\n",
         f"{ASK}::test_one_plan_that_does_not_open_closes_no_page"),
    _web("the child inherits the office's environment", "gateways/children",
         'kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}', "kept = dict(os.environ)",
         f"{ASK}::test_nothing_of_a_question_stands_in_arguments_environment_or_errors"),
    _web("the child's errors are shown", "gateways/children", "stderr=subprocess.DEVNULL, ", "",
         f"{ASK}::test_nothing_of_a_question_stands_in_arguments_environment_or_errors"),
    _web("nobody counts the hours", "duty/shifts", "    return last - first > timedelta(hours=most_hours)", "    return False",
         f"{DUTY}::test_nobody_stays_on_for_more_than_twelve_hours_whatever_the_pieces", refuses="H-49"),
    _core("a grade never ends", "trust/vetting", "    if day > last.ends:\n", "    if False:\n",
          f"{VET}::test_the_newest_grade_counts_until_it_ends_and_no_older_one_comes_back"),
    _web("who writes second overwrites the first", "records/actions",
         "    if revision is not None and revision != held.revision:\n", "    if False:\n",
         f"{RECORDS}::test_who_writes_after_another_learns_of_it_and_nothing_is_lost"),
    _core("a middle stands in a wide interval", "report/aloud", "told.high - told.low > WIDE:", "False:",
          f"{ALOUD}::test_a_wide_interval_is_said_without_a_middle", refuses="H-27 H-30"),
    _core("the oldest is the youngest they may be", "casework/people", "oldest_y=max(high for _, high in ages)",
          "oldest_y=max(low for low, _ in ages)", f"{PEOPLE}::test_a_family_is_as_slow_as_its_slowest_and_as_young_as_its_youngest"),
]
MUTANTS = [*SIGNATURES, *DECISIONS, *CONSENTS, *CONTACTS, *OTHERS]
