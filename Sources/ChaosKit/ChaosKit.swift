// Breaks a running stack on purpose and proves from Postgres and Redis alone that every promise was kept.
