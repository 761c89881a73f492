/// The way out for messages that no handled message causes: a submission, a schedule, a reconciler.
public protocol Publisher: Sendable {
    /// Returns when all of them are in their streams, all or none per partition.
    func publish(_ publications: [Publication]) async throws
}
