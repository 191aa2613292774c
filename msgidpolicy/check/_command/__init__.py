"""``msgidpolicy check`` and ``msgidpolicy fix``."""
