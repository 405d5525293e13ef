"""What `make bench` runs: generated sites, the loops to compare with, and the measurements."""
