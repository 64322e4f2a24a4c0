"""The public site: what was published, served by a process that can reach nothing else.

It reads one folder of plain files. It has no settings of the office, no database, no key, no session and no cookie,
writes nothing, keeps no log and counts nobody: it imports neither the office nor the core nor Django, and a rule of
direction holds that (`public-apart` in pyproject.toml). Run it as a user of its own, who may read this folder alone.
"""
