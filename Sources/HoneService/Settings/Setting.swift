/// One thing that an operator may set, by environment variable or in a `.env` file.
public struct Setting: Sendable, Hashable {
    public let name: String
    /// What holds when nobody sets it; nil when there is no value then.
    public let fallback: String?
    public let help: String
    public let isSecret: Bool

    init(_ name: String, default fallback: String? = nil, isSecret: Bool = false, _ help: String) {
        self.name = name
        self.fallback = fallback
        self.help = help
        self.isSecret = isSecret
    }
}

extension Setting {
    /// Every setting of every service. A name that starts with `HONE_` and is not here stops the start.
    public static let all: [Setting] =
        stores + bus + services + observing + canary + gateway + celery + models + outside

    private static let stores = [
        Setting("DATABASE_URL", isSecret: true, "Postgres, any libpq URL"),
        Setting(
            "HONE_OPTIMIZER_DATABASE_URL", isSecret: true,
            "the optimizer's own login, a member of hone_optimizer; DATABASE_URL under that role when not set"),
        Setting(
            "REDIS_URL", isSecret: true,
            "redis://user:password@host:port/db, redis://host,host for nodes of a cluster, or "
                + "redis+sentinel://host,host/primary/db, with ?sentinel_password= where the sentinels ask for one"
        ),
    ]

    private static let bus = [
        Setting("HONE_NAMESPACE", default: "hone", "prefix of every Redis key"),
        Setting("HONE_PARTITIONS", default: "1", "partitions of the internal topics"),
        Setting("HONE_CONCURRENCY", default: "16", "messages handled at the same time by one process"),
        Setting("HONE_CLAIM_AFTER", default: "6s", "a message not renewed for this long is taken over"),
        Setting("HONE_MAX_DELIVERIES", default: "5", "deliveries after which a message becomes a dead letter"),
        Setting("HONE_GRACE_PERIOD", default: "25s", "time to finish work after SIGTERM"),
        Setting("HONE_MAX_BACKLOG", default: "100000", "waiting messages of a work stream before new work is refused"),
        Setting(
            "HONE_RECONCILE_AFTER", default: "30s", "a task whose message is lost is published again after this long"),
        Setting("HONE_MAX_MESSAGE_BYTES", default: "1048576", "largest payload of a message"),
        Setting("HONE_REPLY_KEYS", "comma-separated keys that reply_to may name besides <namespace>:replies.*"),
    ]

    private static let services = [
        Setting("HONE_GATEWAY_SOCKETS", default: "20000", "WebSockets that one gateway holds"),
        Setting("HONE_GATEWAY_SOCKETS_PER_KEY", default: "1000", "WebSockets that one key or user may hold"),
        Setting("HONE_GATEWAY_PING_EVERY", default: "20s", "how often a WebSocket is pinged"),
        Setting("HONE_GATEWAY_SILENCE", default: "60s", "a WebSocket whose client was silent for so long is closed"),
        Setting("HONE_METRICS_PORT", default: "0", "port of /metrics, /healthz and /readyz; 0 is off"),
        Setting("HONE_METRICS_HOST", default: "127.0.0.1", "address of the metrics port"),
        Setting("HONE_LOG_LEVEL", default: "info", "debug, info, warning, error or critical"),
        Setting("HONE_LOG_FORMAT", default: "json", "json or text"),
        Setting("HONE_LOG_RETENTION_DAYS", "days that lines of logs are kept in Postgres; for good when not set"),
        Setting("HONE_ROUTING_POLICY", default: "thompson", "thompson, greedy, ucb or round_robin"),
        Setting("HONE_ROUTING_SEED", "seed of the routing policy's draws; random when not set"),
        Setting("HONE_REVIEW_RATE", default: "1", "share of tasks that peers review, 0 to 1"),
        Setting(
            "HONE_REVIEW_ALWAYS", default: "probation,failed,disputed",
            "kinds of tasks that are reviewed whatever the rate: probation, failed, disputed, or none"),
        Setting(
            "HONE_JUDGE_SAMPLE_RATE", default: "0.05",
            "share of checked tasks that the judge sees too, and of judged ones that it judges twice, 0 to 1"),
        Setting(
            "HONE_DAILY_BUDGET_USD", "dollars per day (UTC) for all model calls; `hone budget` shows and sets more"),
        Setting(
            "HONE_GATE_COST_TOLERANCE", default: "0.1",
            "how much more a promoted prompt may cost than the one in production, as a share"),
        Setting(
            "HONE_GATE_TIME_TOLERANCE", default: "0.1",
            "how much longer a promoted prompt may take than the one in production, as a share"),
        Setting("AGENT_POOL_SIZE", default: "10", "agents that may work at the same time in one improvement session"),
        Setting("IMPROVEMENT_MODE_MAX_DURATION_HOURS", default: "24", "longest search or improvement session"),
    ]

    private static let observing = [
        Setting(
            "HONE_OBSERVE_EVERY", default: "1h",
            "how often the optimizer looks for agents that need a better prompt, or off"),
        Setting("HONE_OBSERVE_RUNS", default: "50", "last runs of an agent that are looked at"),
        Setting("HONE_OBSERVE_LEAST_RUNS", default: "10", "runs below which nothing is said of an agent"),
        Setting(
            "HONE_OBSERVE_SUCCESS_BELOW", default: "0.5",
            "an agent whose success rate's upper 95 % bound is below this gets an optimization, 0 to 1"),
        Setting(
            "HONE_OBSERVE_COST_ABOVE_USD", default: "0.10",
            "an agent whose runs cost more dollars than this on average gets an optimization"),
        Setting(
            "HONE_OBSERVE_COOL_DOWN", default: "24h", "time for which an agent is left alone after that"),
        Setting(
            "HONE_OBSERVE_MAX_COST_USD", default: "1", "dollars that one such optimization may spend"),
        Setting("OPTIMIZATION_MEMORY_RETENTION_DAYS", default: "90", "days that an insight is kept"),
    ]

    private static let canary = [
        Setting(
            "HONE_CANARY_SHARE", default: "1", "share of an agent's tasks that an approved prompt gets first; 1 is all"),
        Setting("HONE_CANARY_PERIOD", default: "1h", "how long a canary is watched before it gets all tasks"),
        Setting("HONE_CANARY_TASKS", default: "100", "tasks of its own that it must have done by then"),
        Setting("HONE_CANARY_PROMOTE", default: "on", "on, or off where it then waits for a person's word"),
        Setting(
            "HONE_WATCH_PERIOD", default: "24h", "how long a prompt in production is compared with the one before it"),
    ]

    private static let gateway = [
        Setting("HONE_GATEWAY_HOST", default: "127.0.0.1", "address the gateway listens on"),
        Setting("HONE_GATEWAY_PORT", default: "8080", "port the gateway listens on"),
        Setting("HONE_AUTH", "on or off; off by default only where the gateway listens on loopback"),
        Setting("HONE_JWT_SECRET", isSecret: true, "secret of HS256 tokens, at least 32 bytes"),
        Setting("HONE_JWT_PUBLIC_KEY", "PEM, or a file of it: the RSA or P-256 key of RS256 or ES256 tokens"),
        Setting("HONE_JWT_JWKS_URL", "where the keys of RS256 and ES256 tokens are published"),
        Setting("HONE_JWT_ISSUER", "the iss that a token must have"),
        Setting("HONE_JWT_AUDIENCE", "the aud that a token must name"),
        Setting("HONE_JWT_ROLE_CLAIM", default: "role", "claim with the caller's role; dots lead into objects"),
        Setting("HONE_JWT_ROLES", "what the claim's values mean: staff=viewer,root=admin; names of roles when not set"),
        Setting("HONE_CORS_ORIGINS", "comma-separated origins whose pages may call the gateway, or *"),
        Setting(
            "HONE_RATE_LIMIT",
            "requests per minute of one caller, 0 is no limit; 6000 when not set and authentication is on"),
        Setting("HONE_MAX_REQUEST_BYTES", default: "1114112", "largest body of a request to the gateway"),
        Setting("HONE_MAX_IMPORT_BYTES", default: "67108864", "largest body of a benchmark's import"),
        Setting("HONE_MAX_CONNECTIONS", default: "30000", "connections to one gateway at the same time"),
        Setting("HONE_READ_TIMEOUT", default: "30s", "time in which a request must arrive; large bodies get more"),
        Setting("HONE_IDLE_TIMEOUT", default: "75s", "time after which an idle connection to the gateway is closed"),
    ]

    private static let celery = [
        Setting("HONE_CELERY_QUEUE", "Celery queue whose hone.submit tasks the router takes; off when not set"),
        Setting("HONE_CELERY_BROKER_URL", isSecret: true, "Redis of that queue; REDIS_URL when not set"),
        Setting("HONE_CELERY_RESULT_URL", isSecret: true, "Redis of Celery's results; the queue's when not set"),
        Setting("HONE_CELERY_RESULT_TTL", default: "24h", "how long a result waits for its Celery client"),
    ]

    private static let models = [
        Setting("HONE_JUDGE_MODEL", "id of the model that judges; the first approved one that is not echo"),
        Setting("HONE_JUDGE_FORM", default: "reasoned", "reasoned, or forced for a judge too small to reason"),
        Setting("HONE_REFLECTION_MODEL", "id of the model that reflects; the first approved one that is not echo"),
        Setting("HONE_SANITY_MODEL", "id of an inexpensive model that looks over proposed prompts; none when not set"),
        Setting("HONE_EMBEDDING_MODEL", "id of the model that embeds"),
        Setting("HONE_REPLAY", default: "off", "off, record or replay model calls"),
        Setting("HONE_REPLAY_PACE", default: "0", "how slowly replayed answers come: 0 at once, 1 as they came"),
        Setting("HONE_RECORDING_RETENTION_DAYS", "days that recorded calls are kept; until pruned when not set"),
        Setting("OPENAI_API_KEY", isSecret: true, "key of OpenAI-compatible endpoints"),
        Setting("OPENAI_BASE_URL", "OpenAI-compatible endpoint of models that name none"),
        Setting("ANTHROPIC_API_KEY", isSecret: true, "key of Anthropic endpoints"),
    ]

    private static let outside = [
        Setting("OTEL_EXPORTER_OTLP_ENDPOINT", "where spans go"),
        Setting("OPENWEBUI_URL", "Open WebUI"), Setting("COMFYUI_URL", "ComfyUI"),
        Setting("LANGFUSE_HOST", "Langfuse"), Setting("LANGFUSE_PUBLIC_KEY", isSecret: true, "Langfuse"),
        Setting("LANGFUSE_SECRET_KEY", isSecret: true, "Langfuse"), Setting("TEMPORAL_ADDRESS", "Temporal"),
        Setting("VAPI_API_KEY", isSecret: true, "VAPI"), Setting("CLOSE_API_KEY", isSecret: true, "Close CRM"),
        Setting("SUPEROPTIX_PATH", "SuperOptiX command"), Setting("MCP_SERVERS", "MCP servers"),
        Setting("CHROMA_URL", "Chroma"), Setting("QDRANT_URL", "Qdrant"),
    ]
}
