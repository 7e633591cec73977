"""What every row of the database is about, how long it is kept, and the job that deletes what is over."""
