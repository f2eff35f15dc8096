"""Words, links and order for the pages: from readings to what a template prints."""
