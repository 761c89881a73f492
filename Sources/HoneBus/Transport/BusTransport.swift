public import Foundation

/// What carries messages, seen from below the handlers: streams, groups, leases, delays. It decodes nothing and
/// decides nothing; the ``Consumer`` does.
///
/// Every implementation passes the contract suite in `BusTestKit`. Errors are ``BusError``.
public protocol BusTransport: Publisher, DeadLetterStore, BusVitals {
    /// Checks that the server is fit and creates every missing group of these topics, so that no message that comes
    /// from now on passes a group by; begins an epoch where there is none. Harmless to repeat.
    func prepare(_ topics: [Topic]) async throws

    /// New messages for this member: of each turn's stream up to its count, then, up to the request's limit, from any
    /// of them in order. Waits for the first one as long as the request says; empty when none came.
    ///
    /// The limit may be passed by the number of streams less one when messages arrive while it waits.
    func fetch(_ request: FetchRequest, as member: GroupMember) async throws -> [Delivery]

    /// Messages that other members hold without having renewed them for `idle`; they are now this member's, and each
    /// take-over counts as a delivery.
    func takeOver(
        from streams: [StreamName], idle: Duration, limit: Int, as member: GroupMember
    ) async throws -> TakeOver

    /// Tells the others that this member is still at work on these, and returns those that another member has taken.
    func renew(_ deliveries: [Delivery], as member: GroupMember) async throws -> [Delivery]

    /// Follow-ups, delayed retries, dead letters and acknowledgements, all together or not at all.
    func settle(_ settlements: [Settlement], as member: GroupMember) async throws

    /// Gives up what was not worked on: another member may take it at once, and no delivery is spent.
    func handBack(_ deliveries: [Delivery], as member: GroupMember) async throws

    /// Strikes a member that holds nothing from the groups of these streams, and others that vanished long ago.
    func leave(_ streams: [StreamName], as member: GroupMember) async throws

    /// Puts delayed messages whose time has come back into their streams, at most `limit`; returns how many.
    func moveDue(at now: Date, limit: Int) async throws -> Int

    /// Cuts the topic's streams behind the slowest of its groups; returns how many entries went.
    func trim(_ topic: Topic) async throws -> Int

    /// Every message of a broadcast topic from `start` on, for as long as it is iterated. Outages are waited out.
    /// Each tail costs a connection: share one among many readers.
    func tail(_ topic: Topic, from start: TailStart) -> AsyncThrowingStream<Delivery, any Error>

    /// What a broadcast topic still has after this entry, the oldest first, at most `limit` of each of its streams.
    func range(of topic: Topic, after entryID: String, limit: Int) async throws -> [Delivery]

    /// The oldest and the newest entry that a broadcast topic still has; nil when it has none.
    func span(of topic: Topic) async throws -> TailSpan?

    /// How much is waiting and how much is under way, per stream and group, and since when.
    func depth(of topics: [Topic]) async throws -> BusDepth

    /// Who reads these topics, by group and consumer, each once however many streams it reads. Those that hold nothing
    /// and have not asked for anything yet may be missing.
    func members(of topics: [Topic]) async throws -> [MemberSighting]

    /// The streams of a topic, as this transport is partitioned.
    func streams(of topic: Topic) -> [StreamName]
}
