"""Text that means harm, in every place that shows it and every place that takes it."""
