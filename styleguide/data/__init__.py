"""Facts about languages as YAML, read by `styleguide.resources`."""
