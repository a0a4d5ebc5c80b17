"""Acts of the accounts room, one file per activity."""
