"""What people read and carry away: gap reports, inspection tables, spreadsheets and exports."""
