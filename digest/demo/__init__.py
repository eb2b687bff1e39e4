"""A newsroom of invented outlets on this machine: what the demo and the tests collect from."""
