"""Rules of honours, credit checks and archives."""
