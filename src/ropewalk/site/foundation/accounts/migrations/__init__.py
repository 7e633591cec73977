"""Changes of the database for accounts, in order."""
