"""Can it be so? One rule a file."""
