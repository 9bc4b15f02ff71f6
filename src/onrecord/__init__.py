"""onrecord reads news reports and puts them on record: who said what, on whose word, tied to the exact characters."""

__version__ = "0.1.0.dev0"
