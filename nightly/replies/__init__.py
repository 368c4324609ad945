"""The round trip with the assessed (整改反馈): replies taken back, gaps looked at again, rounds of an assessment."""
