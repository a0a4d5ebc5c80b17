"""Lists from outside: pasted, or as a spreadsheet; read here, judged line by line, handed to the services."""
