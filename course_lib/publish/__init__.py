"""Ways to show the course to others; nothing else in ``course_lib`` imports this."""
