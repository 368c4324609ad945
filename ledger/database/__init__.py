"""The database (数据库): tables, their upgrades, and rows read and written on a connection that the caller holds."""
