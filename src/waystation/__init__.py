"""Waystation's core: network -> learnt hazard -> plan -> outcome -> hazard.

Pure Python and NumPy. It reads no clock, opens no connection and keeps no hidden randomness: time comes in as
``now``, chance as a seed. It advises; a named person decides.
"""

__version__ = "0.1.0"
