"""How fast the program is, beside the bare minimum on the same machine in the same run. `make bench` prints it."""
