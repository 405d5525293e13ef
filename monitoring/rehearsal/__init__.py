"""A made-up country to rehearse monitoring in: what is wrong with each of its sites is known beforehand."""
