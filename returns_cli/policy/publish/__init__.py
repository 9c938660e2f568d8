"""A policy as pages and feeds (HTML, Markdown, schema.org, Merchant API), and what is lost."""
