"""Sphinx: ``python -m sphinx -W docs build/docs``, with what the extra ``docs`` names."""

import msgidpolicy

project = "msgidpolicy"
author = "the msgidpolicy developers"
copyright = "2026, the msgidpolicy developers"
version = release = msgidpolicy.__version__
extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.intersphinx", "sphinx_copybutton"]
exclude_patterns = []
nitpicky = False
# A block that names no language is what a program prints, or commands; Python would get its colours by chance.
highlight_language = "none"

# Furo's pages go down to those of a phone; the style sheet makes room for the columns that these pages are about.
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["columns.css"]
html_title = f"msgidpolicy {release}"

# ``python.inv`` has the names of Python's documentation that these pages refer to (``email`` and what it needs), so that
# building them needs no network: a choice of its objects.inv, by sphobjinv.
intersphinx_mapping = {"python": ("https://docs.python.org/3", "python.inv")}

# What is copied is the code, not the prompt.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
