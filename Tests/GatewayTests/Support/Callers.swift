import Foundation
import HTTP
import HoneCore
import HoneTestKit
import TestServers

@testable import Gateway

extension HTTPHeader {
    /// A token by which this name asks in this role.
    static func who(_ role: Role, _ name: String) -> HTTPHeader {
        let expiry = Int(Date().timeIntervalSince1970) + 600
        return .bearer(
            Doorman.signed(
                header: #"{"alg":"HS256","typ":"JWT"}"#,
                payload: #"{"sub":"\#(name)","role":"\#(role.rawValue)","exp":\#(expiry)}"#))
    }
}

extension HTTPResponse {
    /// The id of the task that an answer names.
    var taskID: TaskID {
        get throws {
            guard let id = try value["task_id"]?.string.flatMap({ TaskID($0) }) else {
                throw Missing("task_id in \(text)")
            }
            return id
        }
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    /// The field that does not fit.
    var fault: String? { get throws { try value["errors"]?[0]?["field"]?.string } }
    /// The ids of a page's items.
    var ids: [String] {
        get throws { try value["items"]?.array?.compactMap { ($0["task_id"] ?? $0["id"])?.string } ?? [] }
    }
}

struct Missing: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension TestGateway {
    /// The events of a stream until it ends.
    func events(_ path: String, headers: [HTTPHeader] = []) async throws -> [ServerSentEvent] {
        let stream = try await client.stream(HTTPRequest(url: url + path, headers: signed(headers)))
        var events: [ServerSentEvent] = []
        for try await event in ServerSentEvents(stream.body) { events.append(event) }
        return events
    }

    /// A task on record, handed in by `header`.
    func submitted(_ task: JSONValue, _ headers: [HTTPHeader] = []) async throws -> TaskID {
        try await post("/api/tasks", task, headers: headers).taskID
    }
}
