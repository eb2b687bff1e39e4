"""A round through the outlets: queues, records, breakers, workers."""
