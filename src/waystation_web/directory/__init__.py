"""Whom one can write to outside, on what terms anything goes to them, what they said, and when they are asked again."""
