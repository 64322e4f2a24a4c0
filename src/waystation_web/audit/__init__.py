"""The record of acts: a hash chain of sealed entries, countersigned by people and pinned by them."""
