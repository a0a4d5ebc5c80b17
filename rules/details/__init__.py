"""Typed details of key areas: forms described by dated data, cleaned and spoken by what the description says."""
