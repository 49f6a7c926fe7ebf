"""The thin shell around the processors: Kafka, Faust, the embedded broker and the command line."""
