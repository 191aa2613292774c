"""A mail, read into entities and fields with their places."""
