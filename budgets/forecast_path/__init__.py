"""How forecasts moved through a year, and how wrong they were at months 3, 6 and 9."""
