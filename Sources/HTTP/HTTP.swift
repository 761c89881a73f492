// An HTTP client over libcurl: one loop on one thread, streaming bodies with back-pressure, server-sent events.
// Knows nothing of Hone.
