"""The rows of the access policy, one module a room; `accounts.policy` joins them into the one table."""
