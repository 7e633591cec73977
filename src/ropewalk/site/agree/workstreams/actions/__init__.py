"""What people of a workstream do."""
