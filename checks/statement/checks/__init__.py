"""The checks of accessibility statements: one module a group, one function a check, found by being there."""
