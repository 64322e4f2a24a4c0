"""What an office takes along when it leaves: every record in open forms, in archives that are read without Waystation.

Plain values come in, bytes of a tar come out. Nothing here opens, seals or knows a key.
"""
