"""Reading complaints: what a receipt answers, and how departments answer as a whole."""
