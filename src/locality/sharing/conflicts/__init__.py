"""Who is kept from what: declared by whoever knows of it, lifted by a governance lead."""
