"""Findings to identities."""
