"""The parts of the HTML page: its style, its script, and text as markup."""
