"""Changes of the database for editions, in order."""
