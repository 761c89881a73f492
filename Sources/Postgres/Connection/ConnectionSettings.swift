internal import CLibPQ

/// A checked URL with its options: everything needed to open a connection. Never printed: it holds a password.
struct ConnectionSettings: Sendable, CustomStringConvertible {
    /// `host:port/database`, fit for errors and logs.
    let server: String
    let options: PostgresOptions
    private let url: String
    private let sessionOptions: String

    init(url: String, options: PostgresOptions) throws(DatabaseError) {
        let parts = try Self.parts(of: url)
        // Several hosts may have a port each; libpq itself looks at them only when it connects.
        for port in (parts["port"] ?? "").split(separator: ",") where UInt16(port) == nil {
            throw .invalidURL(reason: "the port is not a number from 1 to 65535")
        }
        server = "\(parts["host"] ?? "localhost"):\(parts["port"] ?? "5432")/\(parts["dbname"] ?? "")"
        self.url = url
        self.options = options
        sessionOptions = Self.sessionOptions(options, chosenByURL: parts["options"])
    }

    var description: String { server }

    /// The same server with other options.
    func with(_ options: PostgresOptions) throws(DatabaseError) -> ConnectionSettings {
        try ConnectionSettings(url: url, options: options)
    }

    /// Keywords for `PQconnectStartParams`: what stands before the URL gives way to it, what stands after wins.
    var parameters: [(keyword: String, value: String)] {
        [
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("application_name", options.applicationName),
            ("dbname", url),
            ("client_encoding", "UTF8"), ("options", sessionOptions),
        ]
    }

    /// What the decoder relies on is set by name, so that no setting of a role or database can disturb it.
    private static func sessionOptions(_ options: PostgresOptions, chosenByURL: String?) -> String {
        var settings = ["TimeZone=UTC", "DateStyle=ISO", "bytea_output=hex", "extra_float_digits=1"]
        settings += options.sessionSettings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        if let limit = options.statementTimeout { settings.append("statement_timeout=\(limit.milliseconds)") }
        return ([chosenByURL].compactMap { $0 } + settings.map { "-c \($0)" }).joined(separator: " ")
    }

    private static func parts(of url: String) throws(DatabaseError) -> [String: String] {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            throw .invalidURL(reason: "it must begin with postgres:// or postgresql://")
        }
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = unsafe PQconninfoParse(url, &complaint) else {
            defer { unsafe PQfreemem(complaint) }
            // What libpq quotes may be the password, so its words are kept only up to the first quote.
            let words = unsafe complaint.map { unsafe String(cString: $0) } ?? "out of memory"
            throw .invalidURL(reason: words.prefix { $0 != "\"" }.trimmingSpaces)
        }
        defer { unsafe PQconninfoFree(options) }
        return unsafe dictionary(options)
    }

    private static func dictionary(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var parts: [String: String] = [:]
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe parts[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        return parts
    }
}

extension Duration {
    var milliseconds: Int64 { max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000) }
}

extension Substring {
    var trimmingSpaces: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
