"""What people of a workstream see."""
