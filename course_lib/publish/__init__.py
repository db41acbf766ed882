"""The course in front of a class and out in the world; nothing else imports this."""
