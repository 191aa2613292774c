"""Fields as they should be, and what signatures allow."""
