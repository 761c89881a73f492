import HoneBus
import HoneCore

/// What the streams still have of the past.
struct History: Sendable {
    let transport: any BusTransport
    let owners: Owners
    /// The newest event of a feed that the hub has seen.
    let present: @Sendable (LiveFeed) -> EventID

    /// Events in a row, and the place up to which there are no others.
    struct Part: Sendable {
        let events: [LiveEvent]
        let reached: EventID
    }

    /// The events that go to `route`, from those `limit` that come next after `place` in its stream.
    func events(of route: LiveRoute, after place: EventID, limit: Int) async throws -> Part {
        let feed = route.feed
        // Asked for first: whatever is not in the stream by then and not newer than this was cut off.
        let present = present(feed)
        guard let topic = feed.topic else { return Part(events: [], reached: max(place, present)) }
        let deliveries = try await transport.range(of: topic, after: "\(place)", limit: limit)
        let last = deliveries.last.flatMap { EventID($0.entryID) } ?? place
        var events = deliveries.compactMap { LiveEvent($0, of: feed) }
        if feed == .owned { events = try await owned(events) }
        return Part(
            events: events.filter { $0.routes.contains(route) },
            reached: deliveries.count < limit ? max(last, present) : last)
    }

    private func owned(_ events: [LiveEvent]) async throws -> [LiveEvent] {
        let owners = try await owners.of(events.compactMap(\.taskID))
        return events.map { event in event.owned(by: event.taskID.flatMap { owners[$0] }) }
    }

    /// Whether something that came after `place` may be gone.
    func isGone(after place: EventID, in feed: LiveFeed) async throws -> Bool {
        guard let topic = feed.topic else { return false }
        guard let span = try await transport.span(of: topic) else { return place != .zero }
        guard let oldest = EventID(span.oldest), let newest = EventID(span.newest) else { return true }
        if place == .zero { return !span.isWhole }
        return place < oldest || place > newest
    }
}
