"""Fees, advances, debts, rewards and prices reported; two signatures above a limit."""
