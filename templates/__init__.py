"""What people see: bulletin, mail, demo pages, fonts. Data, no code."""
