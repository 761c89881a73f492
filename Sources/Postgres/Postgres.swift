// A Postgres client over libpq: a bounded pool, values bound by interpolation, rows decoded to structs, migrations.
// Knows nothing of Hone.
