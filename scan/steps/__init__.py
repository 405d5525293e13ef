"""Steps behind forms and logins: a script of steps, walked in a browser, and checks of the pages that they reach."""
