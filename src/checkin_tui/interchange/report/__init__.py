"""The report of a program, as a page, as Markdown and as a document."""
