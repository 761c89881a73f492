/// The way out for messages that no handled message causes: a submission, a schedule, a reconciler.
public protocol Publisher: Sendable {
    /// Returns when all of them are in their streams, all or none per partition.
    func publish(_ publications: [Publication]) async throws
}

extension Publisher {
    /// Replies first: what shows that they were sent must not get through without them.
    public func publishRepliesFirst(_ publications: [Publication]) async throws {
        for part in [publications.filter(\.isReply), publications.filter { !$0.isReply }] where !part.isEmpty {
            try await publish(part)
        }
    }
}

extension Publication {
    fileprivate var isReply: Bool { if case .reply = destination { true } else { false } }
}
