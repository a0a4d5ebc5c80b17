"""Forms of the staff pages: they read what was typed; the services say whether it is acceptable."""
