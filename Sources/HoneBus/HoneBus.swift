// The bus as a mechanism: messages, handlers, outcomes, the consumer as a state machine, retry and dead letters. Knows no
// Redis.
