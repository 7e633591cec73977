"""Comparing places and schools: neighbours, changes, intervals, funnels. Never a bare rank."""
