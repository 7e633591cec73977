"""The command line: one short function per command; all work is done by the core's use cases."""
