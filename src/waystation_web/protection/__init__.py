"""What could go wrong with these records, and who answers for it.

The assessment, the drills, the end of the demonstration, breaches.
"""
