"""Names across scripts: one person's name in Hangul and in every way it is spelled in Latin letters.

A rule engine, not a list of names. The only tables are closed ones: the letters, the sounds, and family names.
"""
