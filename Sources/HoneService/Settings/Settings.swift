public import HoneCore
public import HoneIntelligence
public import Logging

/// What an operator decided, read once at start and never consulted again.
public struct Settings: Sendable {
    public enum LogFormat: String, Sendable, CaseIterable { case json, text }
    public enum Replay: String, Sendable, CaseIterable { case off, record, replay }

    public var databaseURL: Secret
    /// The optimizer's own login; nil: the common one, under its role.
    public var optimizerDatabaseURL: Secret?
    public var redisURL: Secret
    public var namespace: String
    public var partitions: Int
    public var concurrency: Int
    public var claimAfter: Duration
    public var maxDeliveries: Int
    public var gracePeriod: Duration
    public var maxBacklog: Int
    public var reconcileAfter: Duration
    public var maxMessageBytes: Int
    public var replyKeys: [String]
    public var gateway: GatewaySettings
    public var sockets: SocketSettings
    public var observation: ObservationSettings
    public var metricsHost: String
    public var metricsPort: Int
    public var logLevel: Logger.Level
    public var logFormat: LogFormat
    public var routingPolicy: RoutingPolicyName
    public var routingSeed: UInt64?
    public var reviewRate: Double
    public var reviewAlways: Set<ReviewReason>
    public var judgeSampleRate: Double
    public var dailyBudget: MicroUSD?
    public var canary: CanarySettings
    public var retention: RetentionSettings
    /// How much more a prompt may cost, and how much longer it may take, than the one in production, as a share.
    public var gateCostTolerance: Double
    public var gateTimeTolerance: Double
    /// The longest that a search or an improvement session may run.
    public var longestImprovement: Duration
    public var replay: Replay
    /// How much of the recorded time a replayed answer takes.
    public var replayPace: Double
    public var assessmentForm: AssessmentForm
    public var judgeModel: ModelID?
    public var reflectionModel: ModelID?
    /// Looks over proposed prompts; nil: none does.
    public var sanityModel: ModelID?
    public var embeddingModel: ModelID?
    public var openAIBaseURL: String?
    /// nil: no Celery producers.
    public var celery: CelerySettings?
    public var source: SettingsSource

    /// Reads and checks everything; throws every fault at once.
    public init(_ source: SettingsSource) throws(SettingsFault) {
        var reader = SettingsReader(source)
        self.source = source
        let url = "a URL"
        databaseURL = reader.required("DATABASE_URL", expected: url, placeholder: Secret(""), Secret.init)
        optimizerDatabaseURL = source.secret("HONE_OPTIMIZER_DATABASE_URL")
        redisURL = reader.required("REDIS_URL", expected: url, placeholder: Secret(""), Secret.init)
        namespace = reader.required(
            "HONE_NAMESPACE", expected: "letters, digits, - or _", placeholder: "", Self.namespace)
        partitions = reader.int("HONE_PARTITIONS", 1...1_024)
        concurrency = reader.int("HONE_CONCURRENCY", 1...10_000)
        claimAfter = reader.duration("HONE_CLAIM_AFTER")
        maxDeliveries = reader.int("HONE_MAX_DELIVERIES", 1...1_000)
        gracePeriod = reader.duration("HONE_GRACE_PERIOD")
        maxBacklog = reader.int("HONE_MAX_BACKLOG", 1...1_000_000_000)
        reconcileAfter = reader.duration("HONE_RECONCILE_AFTER")
        maxMessageBytes = reader.int("HONE_MAX_MESSAGE_BYTES", 1_024...536_870_912)
        replyKeys = (source.text("HONE_REPLY_KEYS") ?? "").split(separator: ",").map { String($0) }
        gateway = GatewaySettings(&reader)
        sockets = SocketSettings(&reader)
        observation = ObservationSettings(&reader)
        metricsHost = source.text("HONE_METRICS_HOST") ?? "127.0.0.1"
        metricsPort = reader.int("HONE_METRICS_PORT", 0...65_535)
        logLevel = reader.oneOf("HONE_LOG_LEVEL", Logger.Level.self) ?? .info
        logFormat = reader.oneOf("HONE_LOG_FORMAT", LogFormat.self) ?? .json
        routingPolicy = reader.oneOf("HONE_ROUTING_POLICY", RoutingPolicyName.self) ?? .thompson
        routingSeed = reader.value("HONE_ROUTING_SEED", expected: "a whole number of at least 0") { UInt64($0) }
        reviewRate = reader.share("HONE_REVIEW_RATE")
        reviewAlways = reader.required(
            "HONE_REVIEW_ALWAYS", expected: "probation, failed, disputed, or none", placeholder: [], ReviewReason.set)
        judgeSampleRate = reader.share("HONE_JUDGE_SAMPLE_RATE")
        dailyBudget = reader.value("HONE_DAILY_BUDGET_USD", expected: "dollars of at least 0", Self.dollars)
        canary = CanarySettings(&reader)
        retention = RetentionSettings(&reader)
        gateCostTolerance = reader.tolerance("HONE_GATE_COST_TOLERANCE")
        gateTimeTolerance = reader.tolerance("HONE_GATE_TIME_TOLERANCE")
        longestImprovement = .seconds(
            reader.required("IMPROVEMENT_MODE_MAX_DURATION_HOURS", expected: "hours above 0", placeholder: 86_400) {
                Double($0).flatMap { $0 > 0 && $0 <= 1e6 ? $0 * 3_600 : nil }
            })
        replay = reader.oneOf("HONE_REPLAY", Replay.self) ?? .off
        replayPace = reader.required("HONE_REPLAY_PACE", expected: "a number from 0 to 100", placeholder: 0) {
            Double($0).flatMap { (0...100).contains($0) ? $0 : nil }
        }
        assessmentForm = reader.oneOf("HONE_JUDGE_FORM", AssessmentForm.self) ?? .reasoned
        judgeModel = reader.model("HONE_JUDGE_MODEL")
        reflectionModel = reader.model("HONE_REFLECTION_MODEL")
        sanityModel = reader.model("HONE_SANITY_MODEL")
        embeddingModel = reader.model("HONE_EMBEDDING_MODEL")
        openAIBaseURL = source.text("OPENAI_BASE_URL")
        celery = CelerySettings(&reader, broker: redisURL)
        reader.refuseUnknownNames()
        guard reader.faults.isEmpty else { throw SettingsFault(lines: reader.faults) }
    }

    private static func namespace(_ text: String) -> String? {
        text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") } ? text : nil
    }

    private static func dollars(_ text: String) -> MicroUSD? {
        Double(text).flatMap { $0 >= 0 && $0.isFinite ? MicroUSD(dollars: $0) : nil }
    }
}

/// Why a task may be reviewed whatever the sampling rate.
public enum ReviewReason: String, Sendable, CaseIterable {
    case probation, failed, disputed

    /// `none`, or a comma-separated list; nil when a name is wrong.
    static func set(_ text: String) -> Set<ReviewReason>? {
        guard text != "none" else { return [] }
        let names = text.split(separator: ",").map { ReviewReason(rawValue: String($0)) }
        return names.contains(nil) ? nil : Set(names.compactMap(\.self))
    }
}

/// Settings that cannot be used, one line per fault.
public struct SettingsFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let lines: [String]

    public init(lines: [String]) {
        self.lines = lines
    }

    public var description: String { lines.joined(separator: "\n") }
}

extension SettingsSource {
    /// The effective settings as `NAME=value` pairs, secrets masked, for `hone config` and `--check`.
    public var effective: [(setting: Setting, value: String?)] {
        Setting.all.map { setting in
            let value = text(setting.name)
            return (setting, setting.isSecret ? value.map { _ in "•••" } : value)
        }
    }
}
