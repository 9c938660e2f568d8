"""A first policy: from a few answers, or from a page's schema.org markup."""
