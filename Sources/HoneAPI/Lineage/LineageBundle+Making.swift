public import Foundation
public import HoneCore
import HoneEvolution
public import HoneStore

extension LineageBundle {
    /// Puts together what is on record, as it is at one moment. Nil when there is no such prompt.
    public static func of(
        _ id: PromptID, from store: Store, by actor: String, version: String, at now: Date
    ) async throws -> LineageBundle? {
        try await store.snapshot { store in
            let line = try await store.prompts.ancestors(of: id)
            guard let agent = line.first(where: { $0.id == id })?.stored.prompt.agentID else { return nil }
            let header = BundledHeader(
                promptID: id, agentID: agent, exportedAt: now, exportedBy: actor, honeVersion: version)
            var collector = BundleCollector(store: store, line: line)
            try collector.add("bundle", header)
            try await collector.addPrompts()
            try await collector.addExperiments(of: id)
            return try LineageBundle(collector.entries)
        }
    }
}

/// Reads one thing after another from the record, the way they refer to each other.
private struct BundleCollector {
    private static let mostExperiments = 1_000

    let store: Store
    let line: [PromptHistory]
    private(set) var entries: [LineageBundle.Entry] = []

    init(store: Store, line: [PromptHistory]) {
        self.store = store
        self.line = line
    }

    mutating func add(_ name: String, _ content: some Encodable) throws {
        entries.append(try LineageBundle.Entry(name, content))
    }

    mutating func addPrompts() async throws {
        let parents = Dictionary(grouping: try await store.prompts.parentage(of: line.map(\.id)), by: \.childID)
        let prompts = Dictionary(line.map { ($0.id, $0.stored.prompt) }) { first, _ in first }
        for history in line {
            try add("prompts/\(history.id)", BundledPrompt(history, parents: parents[history.id] ?? []))
            let body = PromptBody(
                history, transitions: try await store.prompts.transitions(of: history.id),
                labelChanges: try await store.prompts.labelChanges(of: history.id))
            try add("transitions/\(history.id)", body.transitions ?? [])
            for parent in (parents[history.id] ?? []).compactMap({ prompts[$0.parentID] }) {
                let diff = PromptDiffBody(history.stored.prompt, against: parent)
                try add(
                    "diffs/\(history.id)/\(parent.id)",
                    BundledDiff(child: history.id, parent: parent.id, hunks: diff.hunks, unified: diff.unified))
            }
        }
    }

    /// With the suites and searches that they belong to.
    mutating func addExperiments(of id: PromptID) async throws {
        var records: [ExperimentRecord] = []
        for history in line {
            let filter = ExperimentFilter(promptID: history.id)
            records += try await store.experiments.list(filter, after: nil, limit: Self.mostExperiments)
        }
        records.sort { ($0.createdAt, $0.id.description) < ($1.createdAt, $1.id.description) }
        try await addSuites(Set(records.compactMap(\.benchmarkID)).sorted())
        for optimization in Set(records.compactMap(\.optimizationID)).sorted(by: { "\($0)" < "\($1)" }) {
            guard let record = try await store.optimizations.load(optimization) else { continue }
            try add("optimizations/\(optimization)", OptimizationBody(record))
        }
        for record in records {
            let rows = try await store.experiments.rows(of: record.id)
            try add("experiments/\(record.id)", BundledExperiment(record, rows: rows))
        }
        try add("ablation", BundledAblation(of: id, among: records))
    }

    private mutating func addSuites(_ names: [String]) async throws {
        for name in names {
            guard let suite = try await store.benchmarks.load(name) else { continue }
            try add("benchmarks/\(name)", BundledSuite(suite, try await store.benchmarks.cases(of: name)))
        }
    }
}

extension BundledExperiment {
    init(_ record: ExperimentRecord, rows: [ExperimentRow]) {
        experiment = ExperimentBody(record)
        self.rows = rows.map(Row.init)
        gate = GateRecord(record)
    }
}

extension BundledAblation {
    init(of id: PromptID, among records: [ExperimentRecord]) {
        let found = records.last { $0.promptID == id && $0.kind == "ablation" && $0.results != nil }
        let told = found?.results.flatMap(AblationReport.init(results:))
        measured = told != nil
        note =
            told == nil
            ? "nobody has measured what the parts of this prompt are worth"
            : "the prompt with each part left out, on the same cases"
        experimentID = found?.id
        report = told
    }
}
