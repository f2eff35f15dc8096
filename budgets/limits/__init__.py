"""From where a contract's money is off track: what holds, where that comes from, and who changed it."""
