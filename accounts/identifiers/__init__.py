"""Identifiers of persons and units: credit codes of units, numbers of citizens, mobile numbers."""
