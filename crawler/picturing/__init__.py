"""Pictures (截图) of archived pages: what is shown of which page, with what mark and caption; no request leaves."""
