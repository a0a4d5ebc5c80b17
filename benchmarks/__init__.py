"""The speed suite: every figure is a ratio measured within one run, because the machines it runs on differ and are shared."""
