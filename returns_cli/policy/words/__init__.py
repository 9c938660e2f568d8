"""A policy in words that customers and clerks read, in every language of the catalogues."""
