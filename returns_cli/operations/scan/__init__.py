"""The scanning station: one code in, one word out, everything durable before the word."""
