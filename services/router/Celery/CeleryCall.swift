import Foundation
import HoneCore

/// What a Celery client asks for: the arguments of its call, read from a message that we can honour.
struct CeleryCall {
    static let taskName = "hone.submit"

    let origin: CeleryOrigin
    var members: [String: JSONValue]
    /// On Redis the lowest number is the most urgent, and 0 the default.
    let priority: Int
    let expires: Date?
    /// Seconds.
    let timeLimit: Double?
    let ignoresResult: Bool

    /// Throws which part of the message cannot be honoured, and why.
    init(_ message: CeleryMessage) throws(InvalidValue) {
        try message.requireSupported()
        guard let origin = message.origin, origin.id.utf8.count <= 256 else {
            throw InvalidValue("headers.id", message.headers["id"], expected: "a text of 1 to 256 bytes")
        }
        self.origin = origin
        let body = try message.body()
        members = try Self.members(body)
        priority = message.properties["priority"]?.int ?? 0
        expires = try message.time("expires")
        _ = try message.time("eta")
        let limits = message.headers["timelimit"]?.array ?? []
        timeLimit = limits.lazy.compactMap(\.double).first
        ignoresResult = message.ignoresResult
    }

    /// The keyword arguments, with a single positional one as the input.
    private static func members(_ body: CeleryMessage.Body) throws(InvalidValue) -> [String: JSONValue] {
        var members = body.keywords
        guard let first = body.positional.first else { return members }
        guard body.positional.count == 1 else {
            throw InvalidValue("args", .array(body.positional), expected: "at most one, the input")
        }
        guard members["input"] == nil else {
            throw InvalidValue("kwargs.input", members["input"], expected: "nothing beside a positional input")
        }
        members["input"] = first
        return members
    }
}

extension CeleryMessage {
    fileprivate func requireSupported() throws(InvalidValue) {
        guard case .object = headers, let name = headers["task"]?.string else {
            throw InvalidValue("headers.task", headers["task"], expected: "a task's name (message protocol 2)")
        }
        guard name == CeleryCall.taskName else {
            throw InvalidValue("headers.task", headers["task"], expected: CeleryCall.taskName)
        }
        try require("content-type", document["content-type"], "application/json")
        try require("content-encoding", document["content-encoding"], "utf-8")
        if let compression = headers["compression"], compression != .null {
            throw InvalidValue("headers.compression", compression, expected: "none")
        }
    }

    private func require(_ path: String, _ found: JSONValue?, _ wanted: String) throws(InvalidValue) {
        guard found?.string?.lowercased() == wanted else { throw InvalidValue(path, found, expected: wanted) }
    }

    fileprivate func time(_ name: String) throws(InvalidValue) -> Date? {
        guard let found = headers[name], found != .null else { return nil }
        guard let date = found.string.flatMap(PythonTime.date) else {
            throw InvalidValue("headers.\(name)", found, expected: "an ISO 8601 time")
        }
        return date
    }
}

extension InvalidValue {
    init(_ path: String, _ found: JSONValue?, expected: String) {
        self.init(path: path, found: found.map(Self.summary) ?? "nothing", expected: expected)
    }
}
