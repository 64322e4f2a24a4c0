"""What stands in an archive for whoever opens it years later, with nothing but what every system has."""

from __future__ import annotations

from collections.abc import Mapping

TEXT = """\
{invented}This is everything that one office kept: every record with its history, every file as it came, and the record
of who did what. It names people who can be killed for what stands here. Keep it sealed, open it where nobody else
reads along, and destroy it on {until} at the latest.

{organisation}
For: {recipient} ({jurisdiction})
What for, and for nothing else: {purpose}
Two people of the office signed: {asked_by} and {signed_by}. Released: {released_at}

How it was opened
-----------------
It was sealed with age (https://age-encryption.org), to one key alone. On a machine without a network, whose disk is
encrypted, with the file KEY that holds your secret key:

    age -d -i KEY {root}.tar.age | tar -x
    cd {root}
    sha256sum -c SHA256SUMS

The last line must end without a warning. What is not in SHA256SUMS was put there by somebody else.

How to read it
--------------
manifest.csv     what this is, and how many of everything there are in the office, here, and could not be opened
not-opened.csv   what could not be opened, with the reason; nothing is missing without a line there
csv/             tables: UTF-8, commas, a head in the first line, lines that end with CR LF. One table for each type of
                 record; case.people.csv is the list `people` of the records in case.csv, whose column `record` is the
                 column `id` there and whose `place` counts from 0
records/         each record whole, as JSON, with everything that it ever said
files/           photographs, sound, documents, bit for bit as they came; csv/files.csv says what each is called
office.toml      how the office was set up, without keys

A cell that begins with an apostrophe (') has one too many: it was put there so that no spreadsheet takes the cell for a
formula. Take one away. Days are written 2026-03-02, times 2026-03-02T09:00:00+00:00 (UTC) or Z. A cell `more` holds, as
JSON, what has no column of its own. People of the office stand as ids of 32 letters and digits: accounts.csv names
them. In a program that opens tables, choose UTF-8 and let it read every column as text.

{invented}Copy {mark}, for {recipient}. Every copy has a mark of its own.
"""


def read_me(root: str, about: Mapping[str, str]) -> str:
    """The text of READ-ME.txt; in a demonstration it begins and ends with that.

    >>> print(read_me("takeout-ab", {"demonstration": "", "mark": "ab", "recipient": "R", "jurisdiction": "CH",
    ...     "until": "2026-12-31", "organisation": "O", "purpose": "p", "asked_by": "a", "signed_by": "b",
    ...     "released_at": "2026-03-02T09:00:00+00:00"}).splitlines()[-1])
    Copy ab, for R. Every copy has a mark of its own.
    """
    invented = "INVENTED: a demonstration. Nobody and nothing in it is real.\n" if about["demonstration"] else ""
    return TEXT.format(root=root, **{**about, "invented": invented})
