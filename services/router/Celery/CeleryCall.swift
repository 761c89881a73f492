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
    /// A JSON body: `[args, kwargs, embed]`.
    struct Body {
        let positional: [JSONValue]
        let keywords: [String: JSONValue]
    }

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

    fileprivate func body() throws(InvalidValue) -> Body {
        let data = try bodyData()
        guard let parts = try? WireFormat.decode(JSONValue.self, from: data) else {
            throw InvalidValue(path: "body", found: "\(data.count) other bytes", expected: "JSON in UTF-8")
        }
        guard let positional = parts[0]?.array, let keywords = parts[1]?.object, let embed = parts[2] else {
            throw InvalidValue("body", parts, expected: "[args, kwargs, embed] (message protocol 2)")
        }
        for name in ["callbacks", "errbacks", "chain", "chord"] {
            let found = embed[name] ?? .null
            guard found == .null || found.array?.isEmpty == true else {
                throw InvalidValue("embed.\(name)", found, expected: "nothing: only single tasks and groups are taken")
            }
        }
        return Body(positional: positional.map(\.plain), keywords: keywords.mapValues(\.plain))
    }

    private func bodyData() throws(InvalidValue) -> Data {
        guard let text = document["body"]?.string else {
            throw InvalidValue("body", document["body"], expected: "a string")
        }
        switch properties["body_encoding"] ?? .null {
        case .null: return Data(text.utf8)
        case "base64":
            guard let data = Data(base64Encoded: text) else {
                throw InvalidValue("body", document["body"], expected: "base64")
            }
            return data
        case let other: throw InvalidValue("properties.body_encoding", other, expected: "base64")
        }
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

extension JSONValue {
    /// Without the envelopes in which kombu's JSON puts times, UUIDs and decimals; they become text.
    fileprivate var plain: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.plain))
        case .object(let members):
            guard members.count == 2, self["__type__"] != nil, let value = self["__value__"] else {
                return .object(members.mapValues(\.plain))
            }
            return value["hex"].flatMap { $0.string }.map { .string(Self.hyphenated($0)) } ?? value
        default: return self
        }
    }

    /// A UUID as RFC 9562 prints it, from its digits.
    private static func hyphenated(_ digits: String) -> String {
        guard digits.utf8.count == 32 else { return digits }
        var (rest, groups) = (Substring(digits), [Substring]())
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return groups.joined(separator: "-")
    }
}
