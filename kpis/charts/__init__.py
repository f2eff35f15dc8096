"""Charts as pure functions from readings to geometry or a specification: no query, request or clock inside."""
