import Foundation
import HoneBus
import HoneCore
import NIOCore

/// The text of a server's frame: `{"id":…,"type":…,"time":…,"data":…}`.
enum EventFrame {
    /// `data` is JSON already and goes in as it stands.
    static func bytes(id: EventID?, type: String, time: String, data: some Collection<UInt8>) -> ByteBuffer {
        let id = id.map { "\"\($0)\"" } ?? "null"
        let head = "{\"id\":\(id),\"type\":\"\(type)\",\"time\":\"\(time)\",\"data\":"
        var text: [UInt8] = []
        text.reserveCapacity(head.utf8.count + data.count + 1)
        text += head.utf8
        text += data
        text.append(UInt8(ascii: "}"))
        return SocketFrame.text(text)
    }

    /// A frame that the gateway itself has to say.
    static func bytes(id: EventID?, type: String, _ body: some Encodable) throws -> ByteBuffer {
        bytes(id: id, type: type, time: EventTime.text(of: Date()), data: try WireFormat.encode(body))
    }

    /// The first one: how things stand, and from where on events follow.
    static func hello(_ snapshot: some Encodable, from place: EventID) throws -> ByteBuffer {
        try bytes(id: place, type: "hello", Hello(snapshot: snapshot, resumeFrom: "\(place)"))
    }

    /// What came after `place` is not all there any more.
    static func gap(after place: EventID) throws -> ByteBuffer {
        try bytes(id: nil, type: "gap", ["after": "\(place)"])
    }

    /// The reader was too slow; `place` is the last event that it was sent.
    static func lagged(at place: EventID) -> ByteBuffer {
        bytes(
            id: nil, type: "lagged", time: EventTime.text(of: Date()), data: "{\"resume_from\":\"\(place)\"}".utf8)
    }

    private struct Hello<Snapshot: Encodable>: Encodable {
        let snapshot: Snapshot
        let resumeFrom: String

        enum CodingKeys: String, CodingKey {
            case snapshot
            case resumeFrom = "resume_from"
        }
    }
}
