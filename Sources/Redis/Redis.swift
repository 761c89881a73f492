// A Redis client over hiredis: one connection per client on a thread of its own, pipelined implicitly, reconnecting.
// Knows nothing of Hone.
