"""Accounts: signing in and out, changing a password, local administrators."""
