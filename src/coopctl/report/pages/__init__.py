"""A report as a document: one HTML file, PDF or Word, made from the Markdown that the templates give."""
