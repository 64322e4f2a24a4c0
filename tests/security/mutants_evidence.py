"""What keeps evidence whole and its sources unknown, removed one at a time: the test that is named fails."""

from mutant import Mutant

CHAIN, BAG, COPIES = (f"tests/core/test_{name}.py" for name in ("custody_chain", "package", "copies"))


def _core(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, f"waystation/evidence/{file}.py", old, new, test, **more)


SWAPS = f"{CHAIN}::test_a_swap_a_drop_an_edit_and_an_insert_are_each_found_where_they_are"
ONE_BIT, MORE = f"{BAG}::test_one_bit_in_any_file_is_found", f"{BAG}::test_a_file_added_removed_renamed_or_linked_is_found"
REWRITTEN = f"{BAG}::test_custody_rewritten_by_whoever_has_the_key_is_found_by_the_list"
WITHHELD = f"{BAG}::test_without_the_original_nothing_of_it_is_there"
SECOND, COVERED = f"{COPIES}::test_a_copy_passes_the_second_reader_and_its_original_does_not", f"{COPIES}::test_nothing_of_what_is_covered_can_be_seen_again"
HERE = "tests/web/test_evidence.py"


def _office(name: str, file: str, old: str, new: str, test: str, **more) -> Mutant:
    return Mutant(name, f"waystation_web/evidence/{file}.py", old, new, f"{HERE}::{test}", **more)


COPY = "test_a_copy_holds_the_picture_alone_and_goes_out_after_two_looked_at_it"
SECRETLY = "test_what_was_taken_in_secret_never_leaves_as_it_came"
HARD = "test_a_graphic_item_has_no_thumbnail_opens_by_a_press_and_is_counted"

MUTANTS = [
    _office("an original is replaced", "actions", "        if item.original:\n", "        if False:\n",
            "test_what_comes_is_hashed_as_it_comes_and_never_changes", refuses="H-38"),
    _office("what was played is sealed", "actions", "        if refusal(answers):\n", "        if False:\n",
            "test_what_was_played_or_invented_is_never_sealed_and_nothing_is_made_of_it", refuses="H-09"),
    _office("an original goes out unconfirmed", "actions", "        if not actor.stepped_up(clock.now()):\n", "        if False:\n",
            "test_an_original_goes_out_for_a_reason_after_confirming_and_its_custody_says_so", refuses="H-38"),
    _office("what was taken in secret goes out", "actions", "        if item.covert:\n", "        if False:\n", SECRETLY),
    _office("what was taken in secret is packed", "actions_package", "    if original and item.covert:\n", "    if False:\n", SECRETLY),
    _office("others are shown without a reason", "actions_package", "    if original and item.others_known and not shown:\n", "    if False:\n", COPY, refuses="W-17"),
    _office("a copy in which others are seen is signed", "actions_copy", "        if item.others_known and not copy.boxes:\n", "        if False:\n", COPY, refuses="H-39"),
    _office("a copy goes out that nobody cleared", "actions_package", "    if not set(copies) <= cleared:\n", "    if False:\n", COPY, refuses="H-39"),
    _office("the second reader is not asked", "child", "    if faults(made) or (said[\"boxes\"] and _asked({\"do\": \"check\", \"boxes\": said[\"boxes\"]}, made)[0].get(\"faults\") != []):\n", "    if False:\n",
            "test_what_the_second_reader_does_not_know_is_not_kept", refuses="H-39"),
    _office("nobody compares the originals", "actions_package", "    if not all(same):\n", "    if False:\n",
            "test_an_original_that_changed_stops_every_package_and_its_custody_says_so", refuses="H-38"),
    _office("a week without a list", "lists", "    waiting = [", "    if not Spool.objects.exists():\n        return 0\n    waiting = [",
            "test_the_list_of_a_week_is_made_also_when_nothing_came_and_is_padded", refuses="H-38"),
    _office("a look at what is hard is not counted", "views_copies", "        showing.count_one(request.actor, found.exposure)\n", "", HARD, refuses="H-40"),
    _office("a hard picture is shown unasked", "views", "\"hard\": page.of.exposure in showing.HARD,\n", "\"hard\": False,\n", HARD, refuses="H-40"),

    _core("custody is chained without its newline", "custody", 'sha256(f"{line}\\n".encode("ascii"))', 'sha256(f"{line}".encode("ascii"))',
          f"{BAG}::test_the_commands_of_the_package_pass_in_a_bare_shell", refuses="H-38"),
    _core("a line of custody does not hold the one before", "custody", '        if said["prev"] != before:\n', "        if False:\n", SWAPS, refuses="H-38"),
    _core("what lies outside the bag has no digests", "verify_text", "sha256sum --strict -c {name}.sums\n", "", ONE_BIT, refuses="H-38"),
    _core("a file more is not looked for", "verify_text", "find data ! -type d | LC_ALL=C sort > ../have\ncut -c67- manifest-sha256.txt | LC_ALL=C sort | diff - ../have\ncut -c131- manifest-sha512.txt | LC_ALL=C sort | diff - ../have\n", "", MORE, refuses="H-38"),
    _core("a link may stand for a file", "verify_text", "find . -type l | diff /dev/null -\n", "", MORE),
    _core("the list is not asked about custody", "verify_text", "|| echo {exhibit} custody NOT IN THE LIST", "|| true", REWRITTEN, refuses="H-38"),
    _core("the salt of an original that is withheld", "package", "        if one.original is not None:\n            yield laid(f\"data/proofs/{one.code}.salt\"", "        if True:\n            yield laid(f\"data/proofs/{one.code}.salt\"", WITHHELD, refuses="H-39"),
    _core("a list shows how much came in", "batch", "    while len(lines) < padded(len(real)):\n", "    while False:\n",
          f"{CHAIN}::test_a_list_has_the_same_size_whatever_came_in_and_is_read_back"),
    _core("a copy keeps what the camera wrote", "copying", "    fresh.save(out, kind, **more)\n", '    fresh.save(out, kind, exif=opened.info.get("exif", b""), **more)\n', SECOND, refuses="H-39"),
    _core("bytes after the end of a picture", "pictures", '    if frames != 1:\n        yield f"{frames} pictures instead of one"\n    if at != len(data):\n', '    if frames != 1:\n        yield f"{frames} pictures instead of one"\n    if False:\n',
          f"{COPIES}::test_a_container_that_ends_too_soon_or_holds_more_is_a_fault", refuses="H-39"),
    _core("a box is drawn before the picture stands upright", "copying", "            upright = ImageOps.exif_transpose(opened)\n", "            upright = opened\n",
          f"{COPIES}::test_a_box_lies_where_it_was_drawn_on_the_picture_as_it_stands_upright", refuses="H-39"),
    _core("a box is as small as it was drawn", "copying", "PADDING = 0.15 ", "PADDING = 0.0 ", f"{COPIES}::test_a_box_is_padded_by_fifteen_per_cent_and_stays_in_the_picture"),
    _core("what was played is packed", "package", 'NEVER = ("fiction", "re-enactment")', "NEVER = ()", f"{BAG}::test_a_package_is_refused", refuses="H-09"),
    _core("consent to another recipient counts", "package", "        if (one.recipient, one.purpose) != (asked.recipient, asked.purpose):\n", "        if False:\n", f"{BAG}::test_a_package_is_refused"),
    _core("another file than was received is packed", "package", "    elif one.original is not None and batch.commitment(one.salt, one.original.read()).hex() != _first(one.custody):\n", "    elif False:\n", f"{BAG}::test_a_package_is_refused", refuses="H-38"),
    Mutant("whoever stamps it is an authority", "waystation/vault/stamping.py", "        verifier.verify(response, sha256(data).digest())\n", "        pass\n",
           f"{BAG}::test_only_a_token_for_this_list_this_request_and_this_authority_is_taken", refuses="H-38"),
    Mutant("the signature does not say whose certificate it is", "waystation/vault/signing.py", '        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [own]})}\n', "    }\n",
           f"{BAG}::test_the_commands_of_the_package_pass_in_a_bare_shell", refuses="H-38"),
    Mutant("any root certifies a signer", "waystation/vault/signing.py", "        own.verify_directly_issued_by(above)\n", "        pass\n",
           f"{BAG}::test_a_certificate_signs_only_for_its_key_its_root_and_its_time"),
]
