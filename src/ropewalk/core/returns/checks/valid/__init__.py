"""Does each cell hold what it should? One rule a file."""
