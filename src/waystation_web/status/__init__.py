"""Status: applications, their steps with days and alarms, what was told to which State, and the memo against return."""
