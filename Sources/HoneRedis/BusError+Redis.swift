import HoneBus
import Redis

extension BusError {
    /// `keys` are those the command touched; the server itself names none.
    init(_ error: RedisError, server: String, keys: [String]) {
        switch error {
        case .disconnected, .timedOut, .busy:
            self = .unavailable(error.description)
        case .server(let command, _, let message) where message.hasPrefix("unknown command"):
            self = .unsupported("\(server) does not know \(command): Hone needs a Redis with stream commands")
        case .server(_, let code, _):
            self.init(code: code, error, server: server, keys: keys)
        case .unexpectedReply, .invalidEndpoint, .closed:
            self = .refused(error.description)
        }
    }

    private init(code: String, _ error: RedisError, server: String, keys: [String]) {
        switch code {
        case "NOGROUP", "UNBLOCKED": self = .groupMissing(error.description)
        case "WRONGTYPE": self = .wrongType(key: Set(keys).sorted().joined(separator: " or "))
        case "READONLY": self = .readOnly(server: server)
        // The memory is freed by consuming, so that waiting helps.
        case "OOM": self = .unavailable(error.description)
        default: self = .refused(error.description)
        }
    }
}
