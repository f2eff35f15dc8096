"""What more or fewer children would cost: a reckoning whose every assumption is seen and can be changed."""
