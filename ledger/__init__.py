"""What was seen and judged: records, database, page archive; the vocabulary that crawler and checks share."""
