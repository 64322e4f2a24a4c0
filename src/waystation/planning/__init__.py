"""The safest policy for a party: decision process, policy, uncertainty, reasons. It advises; a named person decides."""
