"""Where inequities are: gaps between student groups in resources, access and outcomes, and how sure they are."""
