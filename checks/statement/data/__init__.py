"""What is known of accessibility statements, as data; each file says where it comes from and how sure it is."""
