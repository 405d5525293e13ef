"""The work of a monitoring body under the Web Accessibility Directive (EU) 2016/2102."""
