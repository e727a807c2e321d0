"""Many at once: thousands of scenarios of one district, or hundreds of districts, into one table."""
