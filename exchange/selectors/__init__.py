"""What the pages read: joins of several models, said in words."""
