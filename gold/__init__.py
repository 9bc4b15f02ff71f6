"""Our own labelled reports: what is said in them, by whom in full name, with the proof. See gold/README.md."""
