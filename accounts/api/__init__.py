"""What every API of the portal shares: problems, paging, authentication, permission, schema."""
