"""The contract: what stands on every topic, as pydantic models. No I/O, no Kafka, no rules."""
