"""Why a service does not do what it was asked."""


class Refused(ValueError):
    """Not allowed now, or not to this person. The message says why and what to do; a page shows it as it is."""
