"""Publications. Each module declares ``PUBLICATIONS``; adding a file here adds the publications it declares."""
