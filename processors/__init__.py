"""The work: pure functions and small classes, with their rules as data. No Kafka, no clock, no randomness, no network."""
