"""What `make bench` runs, and the made-up sites it runs on."""
