"""The walk: plan, matching, page reading, adapters and the one spider; states facts, never opinions."""
