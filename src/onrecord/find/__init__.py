"""Document to findings, all with spans."""
