/// A command that Redis did not carry out, sorted by what the caller should do next. Never holds keys, values or
/// passwords.
public enum RedisError: Error, Hashable {
    /// No connection, or it died before the reply came: the command may or may not have been carried out.
    case disconnected(server: String, reason: String)
    /// The server is there and silent. The command may or may not have been carried out.
    case timedOut(server: String, command: String)
    /// The server cannot answer now (`LOADING`, `BUSY`, `TRYAGAIN` and the like). Retry after a pause.
    case busy(command: String, code: String, message: String)
    /// The server refused the command. Retrying cannot help.
    case server(command: String, code: String, message: String)
    /// The server answered something that the command never answers: a bug, or not the server we think.
    case unexpectedReply(command: String, expected: String)
    /// The address of the server makes no sense.
    case invalidEndpoint(reason: String)
    /// The client was closed by its owner.
    case closed(server: String)

    /// Whether the same command may succeed when it is tried again after a pause.
    public var isTransient: Bool {
        switch self {
        case .disconnected, .timedOut, .busy: true
        case .server, .unexpectedReply, .invalidEndpoint, .closed: false
        }
    }

    private static let busyCodes: Set<String> = [
        "LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS",
    ]

    /// Sorts an error reply such as `WRONGTYPE Operation against a key …`.
    init(reply: String, to command: String) {
        let parts = reply.split(separator: " ", maxSplits: 1).map(String.init)
        let code = parts.first ?? "ERR"
        let message = Self.withoutArguments(parts.count > 1 ? parts[1] : "")
        if Self.busyCodes.contains(code) || message == "max number of clients reached" {
            self = .busy(command: command, code: code, message: message)
        } else {
            self = .server(command: command, code: code, message: message)
        }
    }

    /// Redis repeats the arguments of a command that it does not know; they may be anything, so they go.
    private static func withoutArguments(_ message: String) -> String {
        guard message.hasPrefix("unknown command"), let comma = message.firstIndex(of: ",") else { return message }
        return String(message[..<comma])
    }
}

/// Why a command was never written, so that it may go elsewhere. Only a cluster's client gets to see it.
struct RedisUnsent: Error {
    let cause: RedisError
}

extension RedisError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .disconnected(let server, let reason): "no connection to \(server): \(reason)"
        case .timedOut(let server, let command): "\(command): \(server) did not answer in time"
        case .busy(let command, let code, let message), .server(let command, let code, let message):
            "\(command): \(code) \(message)"
        case .unexpectedReply(let command, let expected): "\(command): expected \(expected) in the reply"
        case .invalidEndpoint(let reason): "not the address of a Redis server: \(reason)"
        case .closed(let server): "the client of \(server) is closed"
        }
    }
}
