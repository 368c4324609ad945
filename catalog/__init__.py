"""What is owed: requirements, standard directories (标准目录), districts and organs; nothing of what was seen."""
