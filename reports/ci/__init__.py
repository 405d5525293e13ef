"""What a build is told: findings against a baseline, and the formats that code hosts and test viewers read."""
