"""Models, evidence, explorers and questions of the course on magnesium and muscle cramps."""
