"""The page archive (网页存档): WARC records, the files that hold them, where those lie, and reading them again."""
