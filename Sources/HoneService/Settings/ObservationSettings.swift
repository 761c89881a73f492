public import HoneCore

/// How the optimizer looks after agents by itself, and what it remembers.
public struct ObservationSettings: Sendable {
    /// How often agents' runs are looked at; nil: never.
    public var interval: Duration?
    /// How many of an agent's last runs are looked at.
    public var runs: Int
    /// Fewer say nothing.
    public var leastRuns: Int
    public var successBelow: Double
    public var costAbove: MicroUSD
    /// An agent that was observed, or whose optimization ended, is left alone for so long.
    public var coolDown: Duration
    /// What one optimization that is filed by itself may spend.
    public var maxCost: MicroUSD
    /// How long an insight is kept.
    public var memoryDays: Int

    /// Faults are the reader's.
    init(_ reader: inout SettingsReader) {
        interval =
            reader.source.text("HONE_OBSERVE_EVERY") == "off" ? nil : reader.duration("HONE_OBSERVE_EVERY")
        runs = reader.int("HONE_OBSERVE_RUNS", 10...1_000)
        leastRuns = reader.int("HONE_OBSERVE_LEAST_RUNS", 1...1_000)
        successBelow = reader.share("HONE_OBSERVE_SUCCESS_BELOW")
        costAbove = Self.dollars("HONE_OBSERVE_COST_ABOVE_USD", &reader)
        coolDown = reader.duration("HONE_OBSERVE_COOL_DOWN")
        maxCost = Self.dollars("HONE_OBSERVE_MAX_COST_USD", &reader)
        memoryDays = reader.int("OPTIMIZATION_MEMORY_RETENTION_DAYS", 1...36_500)
    }

    private static func dollars(_ name: String, _ reader: inout SettingsReader) -> MicroUSD {
        reader.required(name, expected: "dollars of at least 0", placeholder: .zero) { text in
            Double(text).flatMap { $0 >= 0 && $0 <= 1e9 ? MicroUSD(dollars: $0) : nil }
        }
    }
}
