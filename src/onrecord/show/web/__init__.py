"""The local reader: pages a person looks at, each with a JSON twin and a stable address.

Reads through `onrecord.keep` and writes nothing but judgements. Fetches nothing from anywhere."""
