"""What a pack carries for its checking (随包核验工具): read as files, run by strangers; imports nothing of ours."""
