import Foundation
import HoneBus
import HoneCore
import HoneMessages

/// A message as kombu's Redis transport writes it: headers, properties, and a body in base64.
///
/// Source: Celery's message protocol, version 2 (`celery/app/amqp.py`), and kombu's `transport/virtual/base.py`.
struct CeleryMessage: Message {
    static let type = "hone.celery.received.v1"
    static let topic = Topic.celeryReceived

    let document: JSONValue

    var partitionKey: String { "" }

    var headers: JSONValue { document["headers"] ?? .null }
    var properties: JSONValue { document["properties"] ?? .null }

    init(_ document: JSONValue) { self.document = document }
    init(from decoder: any Decoder) throws { document = try JSONValue(from: decoder) }
    func encode(to encoder: any Encoder) throws { try document.encode(to: encoder) }

    /// Which Celery task it is; protocol 1 says so elsewhere. nil when it does not say.
    var origin: CeleryOrigin? {
        let places = [headers["id"], properties["correlation_id"], document["id"]]
        return places.lazy.compactMap { $0?.string }.first { !$0.isEmpty }.map {
            CeleryOrigin(id: $0, group: headers["group"]?.string, parent: headers["parent_id"]?.string)
        }
    }

    /// Nobody will ask the result backend.
    var ignoresResult: Bool { headers["ignore_result"]?.bool ?? false }
}

/// Which Celery task a task of ours is; it travels in the task's metadata and comes back with the reply.
struct CeleryOrigin: Hashable {
    static let member = "celery"

    let id: String
    var group: String?
    var parent: String?

    /// The task's id with us: the same, where it is a UUID, as Celery makes them.
    var uuid: UUID { UUID(uuidString: id) ?? UUID.hone.derived("celery/\(id)") }

    /// The publisher's own metadata, and this.
    func added(to metadata: JSONValue?) -> JSONValue {
        var members = metadata?.object ?? [:]
        let known = ["id": id, "group": group, "parent": parent].compactMapValues { $0.map(JSONValue.string) }
        members[Self.member] = .object(known)
        return .object(members)
    }

    init(id: String, group: String? = nil, parent: String? = nil) {
        self.id = id
        self.group = group
        self.parent = parent
    }

    /// Reads what ``added(to:)`` wrote.
    init?(in metadata: JSONValue?) {
        guard let known = metadata?[Self.member], let id = known["id"]?.string else { return nil }
        self.init(id: id, group: known["group"]?.string, parent: known["parent"]?.string)
    }

    /// The publisher's own metadata, as it was.
    static func removed(from metadata: JSONValue?) -> JSONValue? {
        guard var members = metadata?.object, members.removeValue(forKey: member) != nil else { return metadata }
        return members.isEmpty ? nil : .object(members)
    }
}
