"""
The stand-in platform: what a provincial credit platform does, as a process of its own with a store of its own.

It shares no code with the mapping, the transports or the receipts of the portal, so that a mistake there cannot agree
with itself here: checks, codes, signatures and tables are written again from domain.md 3.5.
"""
