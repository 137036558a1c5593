"""The sample town of the demo: the families, activities, hours and prices of the guide."""
