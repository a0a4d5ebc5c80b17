"""Handling complaints: screening, investigation, verification, settling, and the registers beside them."""
