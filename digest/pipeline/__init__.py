"""A day's work: collect, judge, group, choose, compose, render; each stage can be run again with the same outcome."""
