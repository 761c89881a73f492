import HoneCore
import Hummingbird
import NIOCore

/// A request for a socket, by somebody who may ask for it.
struct SocketRequest {
    let context: GatewayContext
    let caller: Caller
    private let query: Query
    private let handshake: Handshake
    private let hub: ProgressHub

    init(
        _ request: Request, _ context: GatewayContext, _ caller: Caller, _ handshake: Handshake, _ hub: ProgressHub
    ) {
        self.context = context
        self.caller = caller
        self.handshake = handshake
        self.hub = hub
        query = Query(request)
    }

    /// The agent that the path names.
    func agent() throws -> AgentID { try context.name("agent_id", of: "such agent") }

    /// Everything that the first frames need. The place is taken before the snapshot is: an event in between is told
    /// twice rather than not at all.
    func opening(
        _ route: LiveRoute, _ snapshot: () async throws -> some Encodable
    ) async throws -> Opening {
        let after = try query.value("after", expected: "the id of an event") { EventID($0) }
        let seat = try hub.seats.take(for: caller, on: route.feed)
        let present = try hub.present(of: route.feed)
        var (frames, place) = ([ByteBuffer](), after ?? present)
        if let after, try await hub.history.isGone(after: after, in: route.feed) {
            frames.append(try EventFrame.gap(after: after))
            place = present
        }
        let hello = try EventFrame.hello(try await snapshot(), from: place)
        frames.append(handshake.isDeflated ? SocketFrame.deflated(hello) ?? hello : hello)
        return Opening(
            route: route, isDeflated: handshake.isDeflated, frames: frames, place: place, seat: seat,
            history: hub.history)
    }
}
