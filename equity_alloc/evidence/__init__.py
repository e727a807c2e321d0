"""What studies say of interventions: the catalog that ships with this version."""
