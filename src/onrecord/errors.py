"""The few exceptions of onrecord; each carries what its handler needs.

A fault of the page becomes a Note in the record. An exception is for a fault of the caller or of the machine.
"""


class OnrecordError(Exception):
    """Base of every error that onrecord raises on purpose; its text is fit to show to a user."""


class PageError(OnrecordError):
    """A page that cannot be put on record at all: `location` says which, `message` why."""

    def __init__(self, location: str, message: str) -> None:
        super().__init__(f"{location}: {message}")
        self.location = location
        self.message = message


class FetchError(PageError):
    """A URL that could not be fetched, or that onrecord refuses to fetch."""


class WeightsError(OnrecordError):
    """The model's weights are missing, damaged, or made for another version of onrecord."""


class StoreError(OnrecordError):
    """A database that cannot be opened, read or written; the text says which and what to do."""
