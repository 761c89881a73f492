// Throw-away Redis and Postgres servers for tests. Knows nothing of Hone.
