import HoneCore
public import HoneStore
public import Logging
public import ServiceLifecycle
import Synchronization

/// What a run takes from outside besides its models' answers: how long it took, and what had been learned when it was
/// its turn. Kept while recording and given back while replaying, so that a replay makes the same rows.
///
/// Recording writes behind: what was kept less than ``flushInterval`` before a process is killed is lost, and a replay
/// then finds out for itself.
public final class Circumstances: Service {
    /// What is kept.
    public enum Kind: String, Sendable, CaseIterable {
        /// Who got an attempt, and why.
        case route
        /// How long an attempt and its steps took.
        case timing
        /// What a score's efficiency was measured against.
        case effort
        /// Who owed a review.
        case reviewers
        /// What a reward was measured against.
        case reward
        /// How far a reviewer was trusted when a reward was written.
        case trust

        /// A reward is written anew when more is known: of what it was made of, the last holds.
        fileprivate var isRewritten: Bool { self == .trust }
    }

    /// Neither keeps nor knows anything.
    public static let none = Circumstances()

    private static let flushInterval: Duration = .milliseconds(50)

    private let mode: Settings.Replay
    private let store: Store?
    private let logger: Logger
    private let known: [Kind: [String: JSONValue]]
    private let fresh = Mutex<[RecordedCircumstance]>([])

    private init() {
        (mode, store, known) = (.off, nil, [:])
        logger = Logger(label: "circumstances") { _ in SwiftLogNoOpLogHandler() }
    }

    /// Replaying, reads what was recorded of these kinds: what is imported later is seen by the next start.
    public init(_ kinds: [Kind], _ mode: Settings.Replay, store: Store, logger: Logger) async throws {
        var known: [Kind: [String: JSONValue]] = [:]
        if mode == .replay {
            for kind in kinds {
                let all = try await store.recordedCircumstances.all(of: kind.rawValue)
                known[kind] = Dictionary(all.map { ($0.subject, $0.value) }) { first, _ in first }
            }
        }
        (self.mode, self.store, self.logger, self.known) = (mode, store, logger, known)
    }

    /// What was recorded about the subject, if this is a replay and something was; else `live`, which a recording keeps.
    public func recall<Value: Codable, Failure: Error>(
        _ kind: Kind, of subject: @autoclosure () -> String, _ live: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        switch mode {
        case .off: return try live()
        case .replay:
            guard let document = known[kind]?[subject()], let value = document.decoded(Value.self) else {
                return try live()
            }
            return value
        case .record:
            let value = try live()
            keep(kind, subject(), value)
            return value
        }
    }

    private func keep(_ kind: Kind, _ subject: String, _ value: some Encodable) {
        guard let document = JSONValue(document: value) else {
            logger.warning("a circumstance cannot be recorded", metadata: ["kind": "\(kind.rawValue)"])
            return
        }
        fresh.withLock { $0.append(RecordedCircumstance(kind: kind.rawValue, subject: subject, value: document)) }
    }

    /// Writes what is kept until the service shuts down. Only a recording has to run.
    public func run() async throws {
        await repeatUntilShutdown(every: Self.flushInterval, "recording circumstances", logger: logger) {
            try await self.flush()
        }
        try await flush()
    }

    /// Writes what was kept since the last time.
    func flush() async throws {
        let batch = fresh.withLock { fresh in
            defer { fresh = [] }
            return fresh
        }
        guard let store, !batch.isEmpty else { return }
        let rewritten = Set(Kind.allCases.filter(\.isRewritten).map(\.rawValue))
        do {
            try await store.transaction { store in
                let kept = store.recordedCircumstances
                try await kept.keep(batch.filter { !rewritten.contains($0.kind) })
                try await kept.keep(batch.filter { rewritten.contains($0.kind) }, replacing: true)
            }
        } catch {
            fresh.withLock { $0 = batch + $0 }
            throw error
        }
    }
}

extension JSONValue {
    fileprivate init?(document value: some Encodable) {
        guard let data = try? WireFormat.encode(value) else { return nil }
        guard let document = try? WireFormat.decode(JSONValue.self, from: data) else { return nil }
        self = document
    }

    fileprivate func decoded<Value: Decodable>(_ type: Value.Type) -> Value? {
        guard let data = try? WireFormat.encode(self) else { return nil }
        return try? WireFormat.decode(type, from: data)
    }
}
