public import Foundation

/// What happened, and whether the promises held.
public struct ChaosReport: Sendable, Codable {
    /// Figures about all tasks.
    public struct Tasks: Sendable, Codable, Hashable {
        public var published: Int
        /// Published, but no JSON: no task can come of them.
        public var unreadable: Int
        public var accepted: Int
        public var notAccepted: Int
        public var byState: [String: Int]
    }

    public var seed: UInt64
    public var instances: [String: Int]
    public var settings: [String: String]
    public var tasks: Tasks
    public var faults: [FaultRecord]
    /// Ends of services that nobody asked for.
    public var unexpectedEnds: Int
    /// Seconds until all was published and no fault was under way, and until the verdict.
    public var workedSeconds: Double
    public var totalSeconds: Double
    /// What was still under way at the deadline; empty when it was quiet.
    public var unrest: [String]
    public var findings: [Finding]

    public var missing: Int { sum(.missing) }
    public var duplicated: Int { sum(.duplicate) }
    public var wrong: Int { sum(.wrong) }
    /// Whether it became quiet and every promise held.
    public var holds: Bool { unrest.isEmpty && findings.allSatisfy(\.holds) }

    private func sum(_ kind: Finding.Kind) -> Int {
        findings.filter { $0.kind == kind }.reduce(0) { $0 + $1.violations }
    }

    init(
        seed: UInt64, settings: StackOptions, load: LoadOptions, published: [PublishedTask], states: [String: Int],
        faults: [FaultRecord], ownEnds: Int, worked: Double, total: Double, unrest: [String], findings: [Finding]
    ) {
        self.seed = seed
        instances = Dictionary(settings.ids.map { ($0.name, 1) }, uniquingKeysWith: +)
        self.settings = settings.settings
        let unreadable = published.filter { $0.kind == .unreadable }.count
        let accepted = states.values.reduce(0, +)
        tasks = Tasks(
            published: published.count, unreadable: unreadable, accepted: accepted,
            notAccepted: published.count - unreadable - accepted, byState: states)
        self.faults = faults
        unexpectedEnds = ownEnds
        workedSeconds = worked
        totalSeconds = total
        self.unrest = unrest
        self.findings = findings
    }

    /// The report as JSON, keys in order.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(self)
    }
}
