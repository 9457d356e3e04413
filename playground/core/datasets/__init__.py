"""Examples to learn from: pictures with their classes, and more made out of few."""
