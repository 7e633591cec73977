"""Does it have the columns of a return? One rule a file."""
