"""What every page stands on: the frame, error pages, how numbers are written, the page cache."""
