"""The commands of ``mingcha``, one file a subject."""
