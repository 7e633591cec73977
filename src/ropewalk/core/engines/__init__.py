"""One meaning, several engines: the plain-Python oracle, DuckDB, Spark. Private to the use cases."""
