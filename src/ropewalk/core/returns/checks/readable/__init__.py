"""Can the file be read? One rule a file."""
