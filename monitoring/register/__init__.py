"""The register: sites of public sector bodies, brought in from spreadsheets, with their history."""
