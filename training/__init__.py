"""Training of the model in the package: prepare, train, evaluate, export. Imports onrecord, never the reverse."""
