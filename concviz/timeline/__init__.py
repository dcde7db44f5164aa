"""What happened in one run, as columns: raw record batches in, questions out. Knows neither process nor screen."""
