"""Sphinx: ``python -m sphinx -W docs build/docs``."""
project = "msgidpolicy"
author = "the msgidpolicy developers"
extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "alabaster"
exclude_patterns = []
