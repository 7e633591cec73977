"""Changes of the database for returns, in order."""
