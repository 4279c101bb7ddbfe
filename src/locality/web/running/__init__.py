"""Starting and stopping what Locality runs on: the embedded database, the site, the worker."""
