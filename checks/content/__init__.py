"""Checks of what a column holds (内容): named documents, elements, subject."""
