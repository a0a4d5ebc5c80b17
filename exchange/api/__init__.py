"""The exchange's API: what the platform may pull, and where it leaves its receipts."""
