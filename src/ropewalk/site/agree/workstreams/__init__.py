"""Workstreams of a place or region in four stages: baseline, think tank, task and finish, impact."""
