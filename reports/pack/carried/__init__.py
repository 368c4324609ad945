"""What a pack carries for its checking (随包核验工具): read as files, run by strangers; nothing of ours is imported here."""
