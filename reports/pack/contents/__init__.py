"""What stands in a pack for people and machines: tables, index page, assessor's folders; pure, from one night."""
