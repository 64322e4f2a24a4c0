"""Guards of the library, removed one at a time."""

from mutant import Mutant

CORE, OFFICE = "tests/core/test_library.py", "tests/web/test_publications.py"
PASTED = f"{CORE}::test_a_pasted_page_is_parted_into_what_it_says_and_what_says_nothing_and_nobody_can_be_reached_by_it"
AGE = f"{CORE}::test_an_age_of_a_page_is_an_interval_that_holds_both_ways_of_counting"
PACK = f"{CORE}::test_each_statement_of_a_pack_has_its_source_at_its_foot_and_what_has_none_is_refused"
HANDLE = f"{CORE}::test_an_author_may_be_a_handle_or_missing_and_nobody_completes_it"
ITEM = f"{CORE}::test_citations_go_to_other_programs_with_no_more_than_they_hold"

MUTANTS = [
    Mutant("a way to reach somebody stays in a line", "waystation/library/reachable.py", "parts += [text[last:start], REMOVED]",
           "parts += [text[last:end], REMOVED]", PASTED),
    Mutant("a list of readers is a publication", "waystation/library/cleaning.py", "if with_address >= FEW and with_address * 2 >= len(lines):",
           "if with_address > len(lines):", f"{CORE}::test_a_list_of_readers_is_refused_whole"),
    Mutant("a sign-up is a sentence of the text", "waystation/library/cleaning.py", 'reason(line) or ("" if _says(clean) else "contact")',
           '"" if _says(clean) else "contact"', PASTED),
    Mutant("two years ago is a day", "waystation/library/said.py", "return Span(_back(on.first, count + 1, unit),", "return Span(_back(on.first, count, unit),", AGE),
    Mutant("yesterday in a text is yesterday", "waystation/library/cleaning.py", "base = published[1].span if published else Span(looked_up, looked_up)",
           "base = Span(looked_up, looked_up)", PASTED),
    Mutant("a note without a source is told to outsiders", "waystation/library/briefing.py", "if not note.source.strip() or not note.author.strip():",
           "if not note.title:", PACK),
    Mutant("a statement stands without its source", "waystation/library/briefing.py", '(f"{source} {fact.where}".strip(),)', "()", PACK),
    Mutant("a handle is a name", "waystation/library/citation.py", "return self.sort == HANDLE", "return self.sort == BODY", HANDLE),
    Mutant("a work has one review", "waystation/library/citation.py", "return tuple(own for own, of in among if of == work and own != work)",
           "return tuple(own for own, of in among if of == work and own != work)[:1]", ITEM),
    Mutant("the act does not look for ways to reach somebody", "waystation_web/library/actions.py", 'raise NotPermitted("reach", REACH)', "return",
           f"{OFFICE}::test_nobody_can_be_reached_by_the_library"),
    Mutant("what nobody marked is kept", "waystation_web/library/actions.py", "for number, line in enumerate(page.lines) if number in keep]",
           "for number, line in enumerate(page.lines)]",
           f"{OFFICE}::test_a_pasted_page_is_shown_with_what_is_left_out_and_only_what_somebody_marks_is_kept"),
    Mutant("anybody takes the library out", "waystation_web/library/actions.py", "        allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))\n", "",
           f"{OFFICE}::test_a_pack_is_made_of_what_was_chosen_each_statement_with_its_source_and_of_nothing_else"),
]
