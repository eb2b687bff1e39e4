"""What is kept: schema, database, one module a group of tables."""
