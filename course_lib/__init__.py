"""Models, evidence, explorers and questions of "Magnesium and muscle cramps: six claims, tested"."""
