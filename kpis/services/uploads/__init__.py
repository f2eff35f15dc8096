"""A file of figures on its way into drafts: handed in, read by the worker, then taken over or withdrawn."""
