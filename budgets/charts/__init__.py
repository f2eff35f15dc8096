"""Pictures of money, drawn by the server: lines over a year's months, bars from one amount to another, tiny paths."""
