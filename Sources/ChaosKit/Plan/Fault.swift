/// One thing that goes wrong.
public enum Fault: Hashable, Sendable {
    /// A service dies as by `kill -9`; its supervisor starts it again.
    case kill(ServiceID)
    /// A service stands still for longer than its lease and then goes on: a zombie.
    case freeze(ServiceID, seconds: Double)
    /// Redis is told to end and starts again with what it wrote.
    case restartRedis
    /// Redis dies as by `kill -9`.
    case killRedis
    /// Everything in Redis is gone.
    case flushAll
    case restartPostgres
    case killPostgres
    /// Every session of the services is ended from inside Postgres.
    case terminateSessions
    /// Redis drops every client.
    case dropClients
    /// The network between the services and a server drops what is under way and refuses what comes.
    case cut(Server, seconds: Double)
    /// Thousands of messages of somebody else wait in the delayed set, and some bytes that are no message.
    case fillDelayed(count: Int)

    public enum Server: String, Hashable, Sendable, CaseIterable { case redis, postgres }
}

/// One process of a service.
public struct ServiceID: Hashable, Sendable, CustomStringConvertible {
    public var name: String
    public var instance: Int

    public init(_ name: String, _ instance: Int = 1) {
        self.name = name
        self.instance = instance
    }

    public var description: String { "\(name)-\(instance)" }
}

extension Fault {
    /// What reports group by.
    public var kind: String {
        switch self {
        case .kill: "kill -9 of a service"
        case .freeze: "SIGSTOP past the lease (zombie)"
        case .restartRedis: "Redis restart"
        case .killRedis: "Redis kill -9"
        case .flushAll: "FLUSHALL"
        case .restartPostgres: "Postgres restart"
        case .killPostgres: "Postgres kill -9"
        case .terminateSessions: "pg_terminate_backend of every session"
        case .dropClients: "CLIENT KILL TYPE normal"
        case .cut(let server, _): "connections to \(server.rawValue) cut and refused"
        case .fillDelayed: "delayed set filled"
        }
    }

    /// What it hits, and how hard.
    public var target: String {
        switch self {
        case .kill(let service): "\(service)"
        case .freeze(let service, let seconds): "\(service) for \(seconds) s"
        case .cut(_, let seconds): "\(seconds) s"
        case .fillDelayed(let count): "\(count) messages"
        default: ""
        }
    }
}
