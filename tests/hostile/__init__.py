"""Files and requests made to do harm: drawn from what has worked on others."""
