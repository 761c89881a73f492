// Chat and embedding models behind one protocol: OpenAI-compatible, Anthropic, echo; with retries, circuit breaker, limits,
// fallback, prices, and prompts rendered from templates.
