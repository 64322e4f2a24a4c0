"""Guards of the core: seals, keys, grants, files, recovery, the chain."""

from mutant import Mutant

TAMPER, MOVED, STREAM = "tests/security/test_tamper.py", "tests/security/test_transplants.py", "tests/security/test_stream.py"
SHEETS, CHAIN = "tests/security/test_recovery_sheets.py", "tests/security/test_chain_refusals.py"
VECTORS = "tests/security/test_vectors.py"


def _vault(name: str, file: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, f"waystation/vault/{file}.py", old, new, killed_by, refuses)


SEALS = [
    Mutant("M01 nothing is bound", "waystation/contexts.py", 'return b"".join(joined)', 'return b""',
           f"{MOVED}::test_within_one_key"),
    Mutant("M03 parts are joined as text", "waystation/contexts.py",
           '(_LENGTHS[len(raw)] if len(raw) < 64 else len(raw).to_bytes(4, "big"), raw)', "(raw,)",
           f"{MOVED}::test_where_a_part_ends_is_bound"),
    Mutant("numbers are cut off", "waystation/contexts.py", 'raise ValueError(f"{n} does not fit {width} bytes")', "n %= 1 << (8 * width)",
           f"{MOVED}::test_numbers_that_do_not_fit"),
    _vault("M02 a file's key without its version", "envelope", 'ctx("file", vault, u32(version), file)', 'ctx("file", vault, file)',
           f"{MOVED}::test_within_one_key"),
    _vault("M02 a grant without its version", "envelope", 'ctx("grant", vault, u8(kind), u32(version), principal)',
           'ctx("grant", vault, u8(kind), principal)', f"{MOVED}::test_a_grant_of_another_row"),
    _vault("a grant without its person", "envelope", 'ctx("grant", vault, u8(kind), u32(version), principal)',
           'ctx("grant", vault, u8(kind), u32(version))', f"{MOVED}::test_a_grant_of_another_row"),
    _vault("a payload without its kind", "envelope", 'ctx("payload", vault, u8(kind), u32(version))',
           'ctx("payload", vault, u32(version))', f"{MOVED}::test_within_one_key"),
    _vault("the record without what came before", "envelope", 'ctx("audit", u64(seq), u32(hour), key, previous)',
           'ctx("audit", u64(seq), u32(hour), key)', f"{MOVED}::test_within_one_key"),
    _vault("the slot without its account", "envelope", 'ctx("slot", account, u8(ops)', 'ctx("slot", u8(ops)',
           f"{MOVED}::test_a_slot_of_another_account"),
    _vault("M04 the commitment is not compared", "envelope",
           'if not hmac.compare_digest(self._commitment(nonce, context), sealed[25:57]):\n            raise Refused("commitment")',
           "self._commitment(nonce, context)", f"{TAMPER}::test_a_ciphertext_made_for_two_keys_opens_under_one"),
    _vault("M17 any version of a seal", "envelope", 'if sealed[:1] != VERSION:\n            raise Refused("version")', "pass",
           f"{TAMPER}::test_an_unknown_version"),
    _vault("a seal of any length", "envelope", 'if len(sealed) < OVERHEAD:\n            raise Refused("length")', "pass",
           f"{TAMPER}::test_which_check_refuses"),
    _vault("another label of a sub-key", "envelope", "waystation/1/commit", "waystation/2/commit",
           f"{VECTORS}::test_what_the_first_release_sealed_opens"),
    _vault("half a text is given out", "envelope", 'except CryptoError:\n            raise Refused("tag") from None',
           'except CryptoError:\n            return sealed[57:-16]', f"{TAMPER}::test_which_check_refuses"),
    _vault("a label of any length", "envelope",
           'if len(padded) != size or length + 4 > size:\n        raise Refused("length")', "pass",
           f"{TAMPER}::test_a_short_label_is_told_from_a_changed_one"),
    _vault("anything as padding", "envelope",
           'if padded.count(0, 4 + length) != size - 4 - length:\n        raise Refused("padding")', "pass",
           f"{TAMPER}::test_a_short_label_is_told_from_a_changed_one"),
    _vault("a payload of any size", "envelope",
           'if not padded or len(padded) % STEP or len(padded) > LARGEST + STEP:\n        raise Refused("length")', "pass",
           f"{TAMPER}::test_what_is_no_payload"),
    _vault("a payload over the limit", "envelope", 'if len(text) > LARGEST:\n        raise Refused("length")', "pass",
           f"{TAMPER}::test_what_is_no_payload"),
    _vault("more padding than was added", "envelope",
           'if -(-(len(text) + 4) // STEP) * STEP != len(padded):\n        raise Refused("padding")', "pass",
           f"{TAMPER}::test_what_is_no_payload"),
    _vault("what is no JSON is empty", "envelope",
           'except (ValueError, RecursionError):\n        raise Refused("payload") from None',
           "except (ValueError, RecursionError):\n        return {}", f"{TAMPER}::test_what_is_no_payload"),
    _vault("a payload in any encoding", "envelope", "json.loads(text.decode())", "json.loads(text)",
           f"{TAMPER}::test_what_is_no_payload"),
    _vault("a payload without id and type", "envelope",
           'if not isinstance(payload, dict) or not {"v", "type", "id"} <= payload.keys():\n        raise Refused("payload")',
           "assert isinstance(payload, object)", f"{TAMPER}::test_what_is_no_payload"),
]

HOST = [
    _vault("the host layer without its purpose", "host", 'ctx("host", purpose, *rows', 'ctx("host", *rows',
           f"{MOVED}::test_the_host_layer_is_bound_to_its_row_and_purpose"),
    _vault("the host layer without its row", "host", 'ctx("host", purpose, *rows', 'ctx("host", purpose',
           f"{MOVED}::test_the_host_layer_is_bound_to_its_row_and_purpose"),
    _vault("M17 any version of the host layer", "host", 'if sealed[:1] != VERSION:\n            raise Refused("version")', "pass",
           f"{TAMPER}::test_an_unknown_version"),
    _vault("an old epoch opens with the present key", "host", 'if number not in self._epochs:\n            raise Refused("epoch")',
           "number = number if number in self._epochs else self.current", f"{TAMPER}::test_an_epoch_that_is_gone"),
    _vault("an epoch of no bytes", "host", 'if len(sealed) < 5:\n        raise Refused("length")', "pass",
           f"{TAMPER}::test_the_epoch_of_a_stump"),
    _vault("old epochs are kept", "host", "return HostKeys((now, ", "return HostKeys((*self._epochs.values(), ",
           f"{TAMPER}::test_an_epoch_that_is_gone"),
]

PEOPLE = [
    _vault("M12 any certificate", "keys", "return any(signed_by(officer, signature, message) for officer in officers)",
           "return bool(message and officers)", f"{MOVED}::test_a_certificate_is_of_one_officer_one_account_and_one_bundle"),
    _vault("a certificate without its account", "keys", 'ctx("cert", account, bundle.digest)', 'ctx("cert", bundle.digest)',
           f"{MOVED}::test_a_certificate_is_of_one_officer_one_account_and_one_bundle"),
    _vault("any signature", "keys", "except (InvalidSignature, ValueError):\n        return False",
           "except (InvalidSignature, ValueError):\n        return True", f"{MOVED}::test_a_key_that_nobody_gave"),
    _vault("M16 any cost of a guess", "keys", "if not (floor.ops <= cost.ops <= CEILING.ops and floor.mem_kib <= cost.mem_kib "
           '<= CEILING.mem_kib):\n        raise Refused("cost")', "assert floor",
           f"{TAMPER}::test_a_slot_whose_cost_is_not_permitted_is_not_computed"),
    _vault("M17 any version of a slot", "keys", 'if slot[:1] != SLOT_VERSION:\n        raise Refused("version")', "pass",
           f"{TAMPER}::test_an_unknown_version"),
    _vault("a slot of any length", "keys", 'if len(slot) != SLOT:\n        raise Refused("length")', "pass",
           f"{TAMPER}::test_a_cut_slot_costs_nothing"),
    _vault("keys of any length", "keys", 'if len(raw) != SECRETS:\n            raise Refused("length")', "pass",
           f"{MOVED}::test_a_bundle_is_whole_and_its_words_are_its_own"),
    _vault("a bundle of any length", "keys",
           'if len(self.raw) not in {WITHOUT_SIGNING, WHOLE}:\n            raise Refused("length")', "pass",
           f"{MOVED}::test_a_bundle_is_whole_and_its_words_are_its_own"),
    _vault("a signing key that is none", "keys", 'if len(self.raw) != WHOLE:\n            raise Refused("signing key")', "pass",
           f"{MOVED}::test_a_bundle_is_whole_and_its_words_are_its_own"),
    _vault("a bundle that cannot be granted to", "keys", 'except ValueError:\n            raise Refused("bundle") from None',
           "except ValueError:\n            return b\"\"", f"{MOVED}::test_a_bundle_is_whole_and_its_words_are_its_own"),
    _vault("what cannot be decrypted is given out", "keys", '        raise Refused("grant") from None', "        return encrypted[1120:-16]",
           f"{TAMPER}::test_what_was_opened_with_another_key"),
    _vault("fingerprint of half the keys", "keys", 'sha256(ctx("words", self.raw)).digest()[:10]',
           'sha256(ctx("words", self.raw[:1184])).digest()[:10]', f"{MOVED}::test_a_bundle_is_whole_and_its_words_are_its_own"),
    _vault("another label of the passphrase", "keys", '(root, "waystation/1/kek"', '(root, "waystation/1/key"', f"{VECTORS}::test_what_the_first_release_sealed_opens"),
    _vault("another kind of signature", "keys", 'ctx("cert", ', 'ctx("bundle", ', f"{VECTORS}::test_what_the_first_release_sealed_opens"),
    _vault("words that are none", "words",
           'if len(words) != COUNT or not all(word in PLACE for word in words):\n        raise Refused("words")', "pass",
           f"{TAMPER}::test_other_words_open_nothing"),
]

GRANTS = [
    _vault("M10 the granter's signature is not verified", "grants",
           "if not signed_by(signer(granter), signature, _signed(vault, kind, version, principal, own(), granter, dek)):\n"
           '        raise Refused("grant")', "signer(granter), signature, own()", f"{MOVED}::test_a_key_that_nobody_gave"),
    _vault("M11 the signature without the reader's bundle", "grants", "principal, reader.digest, granter, digest)",
           "principal, granter, digest)", f"{MOVED}::test_a_key_that_nobody_gave"),
    _vault("the signature without the key", "grants", "principal, reader.digest, granter, digest)",
           "principal, reader.digest, granter)", f"{MOVED}::test_a_key_that_nobody_gave"),
    _vault("M13 the server gives keys of people", "grants",
           'if form not in SIZES or (form == SERVER and kind not in BY_SERVER):\n        raise Refused("form")',
           'if form not in SIZES:\n        raise Refused("form")', f"{MOVED}::test_the_server_gives_no_key_of_a_person"),
    _vault("the server makes keys of people", "grants", "if kind not in BY_SERVER:\n        raise ValueError", "if kind > 0xFF:\n        raise ValueError",
           f"{MOVED}::test_the_server_gives_no_key_of_a_person"),
    _vault("M17 any version of a grant", "grants", 'if wrap[:1] != VERSION:\n        raise Refused("version")', "pass",
           f"{TAMPER}::test_an_unknown_version"),
    _vault("a grant of any length", "grants", 'if len(wrap) != SIZES[form]:\n        raise Refused("length")', "pass",
           f"{MOVED}::test_what_is_no_form"),
    _vault("another label of a grant's signature", "grants", 'ctx("grant-sig", ', 'ctx("grant", ',
           f"{VECTORS}::test_what_the_first_release_sealed_opens"),
    _vault("recovery keeps for itself", "grants", 'if form == OWN:\n        raise Refused("form")', "pass",
           f"{MOVED}::test_recovery_opens_what_was_given_to_it_and_gives_on"),
]

FILES = [
    _vault("M18 no chunk is the last", "stream", '(b"\\x01" if last else b"\\x00")', '(b"\\x00" if last else b"\\x00")',
           f"{STREAM}::test_every_cut"),
    _vault("M19 what stands after the end is not seen", "stream", "if sealed < SEALED_CHUNK or sealed % SEALED_CHUNK:", "if sealed < SEALED_CHUNK:",
           f"{STREAM}::test_what_stands_after_the_end"),
    _vault("a file of any length", "stream", 'if sealed < SEALED_CHUNK or sealed % SEALED_CHUNK:\n            raise Refused("length")',
           "pass", f"{STREAM}::test_every_cut"),
    _vault("M20 the counter of chunks stands still", "stream", "self._counter += 1", "self._counter += 0",
           f"{STREAM}::test_no_nonce_comes_twice"),
    _vault("any header", "stream", 'if source.read(FILE_HEADER) != header_of(file):\n            raise Refused("header")', "pass",
           f"{STREAM}::test_each_field_of_the_header"),
    _vault("any padding of a file", "stream", 'if last[-1:] != END:\n            raise Refused("padding")', "pass",
           f"{STREAM}::test_a_last_chunk_without_an_end_mark"),
    _vault("a damaged chunk is left out", "stream", 'except InvalidTag:\n            raise Refused("chunk") from None',
           'except InvalidTag:\n            return b"\\x80"', f"{STREAM}::test_chunks_in_any_other_order"),
    _vault("a chunk without its vault", "stream", 'ctx("chunk", header_of(file), vault)', 'ctx("chunk", header_of(file))', f"{MOVED}::test_a_file_of_another_place"),
    _vault("a chunk without its file", "stream", 'ctx("chunk", header_of(file), vault)', 'ctx("chunk", vault)',
           f"{STREAM}::test_chunks_of_another_file"),
    _vault("a file opens from its start alone", "stream", "chunk[max(0, start - place * CHUNK):", "chunk[0:", f"{STREAM}::test_ranges_are_slices"),
]

RECOVERY = [
    _vault("all three sheets are needed", "recovery", "[(ENOUGH, SHEETS)]", "[(SHEETS, SHEETS)]",
           f"{SHEETS}::test_any_two_of_three_in_any_order", refuses="H-45"),
    _vault("another label of the recovery key", "recovery", '(self.secret, "waystation/1/recovery"', '(self.secret, "waystation/1/last"',
           f"{VECTORS}::test_what_the_first_release_sealed_opens"),
    _vault("the same sheet counts twice", "recovery", "list(dict.fromkeys(read_sheet", "list((read_sheet", f"{SHEETS}::test_one_sheet_alone", refuses="H-45"),
    _vault("too few sheets are not counted", "recovery",
           'if len(read) < ENOUGH:\n        raise Refused("sheets", f"two different sheets are needed; {len(read)} was given")',
           'if len(read) < ENOUGH:\n        return Recovery(bytes(32))', f"{SHEETS}::test_one_sheet_alone", refuses="H-45"),
    _vault("sheets of two sets are mixed", "recovery",
           'except MnemonicError:\n        raise Refused("sheets", "these sheets are not of one set: each `recover new` makes a set of its own")'
           " from None", "except MnemonicError:\n        return Recovery(bytes(32))", f"{SHEETS}::test_no_sheet_twice"),
    _vault("a third sheet is not looked at", "recovery", "for pair in combinations(read, ENOUGH)]", "for pair in [read[:ENOUGH]]]",
           f"{SHEETS}::test_no_sheet_twice"),
    _vault("a wrong word is not named", "recovery", 'raise Refused("sheets", f"{name}: word {place} is not in the list of words. Read it again")',
           'raise Refused("sheets", f"{name}: a word is not in the list of words")', f"{SHEETS}::test_a_word_that_is_none_is_named"),
    _vault("the place of a wrong word is not told", "recovery", 'raise Refused("sheets", f"{name}: {_misread(places)}. Read it again")',
           'raise Refused("sheets", f"{name}: read it again")', f"{SHEETS}::test_another_word_of_the_list_is_named"),
    _vault("a sheet of any length", "recovery",
           'if len(words) != WORDS:\n        raise Refused("sheets", f"{name} has {len(words)} words; a sheet has {WORDS}")', "pass",
           f"{SHEETS}::test_a_sheet_that_is_cut"),
    _vault("any file as the public one", "recovery",
           'if not lines or lines[0] != TITLE or set(found) != {"bundle", "ed25519", "words"}:\n'
           '        raise Refused("recovery", f"this is not the file that `recover new` wrote: it begins with {TITLE}")',
           'if not lines or set(found) != {"bundle", "ed25519", "words"}:\n        raise Refused("recovery", f"it begins with {TITLE}")',
           f"{SHEETS}::test_a_public_file_that_is_not_whole"),
    _vault("a damaged public file", "recovery",
           'except ValueError:\n        raise Refused("recovery", "a line of this file is damaged: copy it again") from None',
           "except ValueError:\n        bundle, signing_key = bytes(WITHOUT_SIGNING), bytes(CURVE)", f"{SHEETS}::test_a_public_file_that_is_not_whole"),
    _vault("a public file that is cut", "recovery",
           'if len(bundle) != WITHOUT_SIGNING or len(signing_key) != CURVE:\n'
           '        raise Refused("recovery", "a line of this file is cut short: copy it again")', "pass",
           f"{SHEETS}::test_a_public_file_that_is_not_whole"),
    _vault("a public file that was exchanged", "recovery",
           'if public.words != found["words"]:\n        raise Refused("recovery", "the keys in this file are not those of its words: it '
           'was damaged or exchanged")', "pass", f"{SHEETS}::test_a_public_file_that_is_not_whole"),
    _vault("the signing key is not in the words", "recovery", "self.bundle.raw + self.signing_key)", "self.bundle.raw)",
           f"{SHEETS}::test_a_public_file_that_is_not_whole"),
]


def _chain(name: str, old: str, new: str, killed_by: str, refuses: str = "") -> Mutant:
    return Mutant(name, "waystation/evidence/chain.py", old, new, f"{CHAIN}::{killed_by}")


RECORD = [
    _chain("a chain of anything", "if not hmac.compare_digest(expected, link.hash):", "if len(expected) != 32:",
           "test_each_column_of_each_row"),
    _chain("entries are not counted", "if link.seq != seq:", "if link.seq < 0:", "test_cut_out_put_in_and_swapped"),
    _chain("hours go back", "if link.hour < hour:", "if link.hour < 0:", "test_an_hour_goes_forward_and_is_one"),
    _chain("an entry without what came before", 'ctx("entry", previous, ', 'ctx("entry", ', "test_the_first_hash_by_hand"),
    _chain("an entry without its key", "u32(hour), key, body)", "u32(hour), body)", "test_each_column_of_each_row"),
]

MUTANTS: list[Mutant] = [*SEALS, *HOST, *PEOPLE, *GRANTS, *FILES, *RECOVERY, *RECORD]
# `raise Refused` in src/waystation/vault that no mutant names: (file, the line) -> why
UNNAMED: dict[tuple[str, str], str] = {}
