"""What Cartable costs, as ratios to the least that the same work can cost. Run by `make bench`."""
