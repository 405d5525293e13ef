"""What the style checks say of drafts and pages, in every format that people and their tools read."""
