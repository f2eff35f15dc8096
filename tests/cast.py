"""Words that people of the tests go by."""

# Who writes what no person of the cast wrote.
BY = "the tests"
PASSWORD = "a long walk by the canal"
