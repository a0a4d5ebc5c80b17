"""The demo: an invented city with its people and records, built through the same services that officials use."""
