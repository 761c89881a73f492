import HTTPTypes
import HoneCore
import Hummingbird

extension Response {
    /// Server-sent events (WHATWG HTML §9.2), as long as `write` writes.
    static func events(
        headers: HTTPFields = [:],
        _ write: @escaping @concurrent @Sendable (inout any ResponseBodyWriter) async throws -> Void
    ) -> Response {
        var headers = headers
        headers[.contentType] = "text/event-stream"
        headers[.cacheControl] = "no-store"
        headers.set("no", named: "X-Accel-Buffering")
        let body = ResponseBody { writer in
            try await write(&writer)
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}

/// One server-sent event.
struct ServerEvent {
    var id: String?
    var name: String?
    /// On one line, as our JSON is.
    var data: ByteBuffer

    static let ping = ByteBuffer(string: ": ping\n\n")

    var bytes: ByteBuffer {
        var buffer = ByteBuffer()
        if let id { buffer.writeString("id: \(id)\n") }
        if let name { buffer.writeString("event: \(name)\n") }
        buffer.writeString("data: ")
        buffer.writeImmutableBuffer(data)
        buffer.writeString("\n\n")
        return buffer
    }
}

extension ServerEvent {
    init(id: String? = nil, name: String? = nil, _ body: some Encodable) throws {
        self.init(id: id, name: name, data: ByteBuffer(bytes: try WireFormat.encode(body)))
    }
}
