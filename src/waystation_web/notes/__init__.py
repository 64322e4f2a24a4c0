"""Sealed notes for named colleagues, with files.

What a shift hands to the next without a messenger of somebody else's.
"""
