"""An Issue value as bytes: web page, PDF, Word, mail, plain text, chat text, Atom, JSON."""
