public import HoneCore

/// How the gateway meets the outside world.
public struct GatewaySettings: Sendable {
    public var host: String
    public var port: Int
    public var authentication: AuthenticationSettings
    /// Origins whose pages may call; `*` for all.
    public var corsOrigins: [String]
    /// Requests per minute and caller; nil is no limit.
    public var rateLimit: Int?
    public var maxRequestBytes: Int
    public var maxImportBytes: Int
    public var maxConnections: Int
    /// For the head of a request, and as the slack of its body.
    public var readTimeout: Duration
    public var idleTimeout: Duration

    /// Faults are the reader's.
    init(_ reader: inout SettingsReader) {
        host = reader.source.text("HONE_GATEWAY_HOST") ?? "127.0.0.1"
        port = reader.int("HONE_GATEWAY_PORT", 1...65_535)
        authentication = AuthenticationSettings(&reader, isLoopback: Self.isLoopback(host))
        corsOrigins = reader.source.list("HONE_CORS_ORIGINS")
        let limit = reader.value("HONE_RATE_LIMIT", expected: "a whole number of at least 0") { text in
            Int(text).flatMap { $0 >= 0 ? $0 : nil }
        }
        let usual = authentication.isOn ? 6_000 : 0
        rateLimit = (limit ?? usual) == 0 ? nil : limit ?? usual
        maxRequestBytes = reader.int("HONE_MAX_REQUEST_BYTES", 1_024...536_870_912)
        maxImportBytes = reader.int("HONE_MAX_IMPORT_BYTES", 1_024...2_147_483_647)
        maxConnections = reader.int("HONE_MAX_CONNECTIONS", 1...1_000_000)
        readTimeout = reader.duration("HONE_READ_TIMEOUT")
        idleTimeout = reader.duration("HONE_IDLE_TIMEOUT")
    }

    /// Whether only programs on this machine reach the gateway.
    public var isLoopback: Bool { Self.isLoopback(host) }

    private static func isLoopback(_ host: String) -> Bool {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return bare == "::1" || bare.lowercased() == "localhost"
            || (parts.count == 4 && parts.first == 127 && !parts.contains(nil))
    }
}

/// Who may call the gateway, and how they prove it.
public struct AuthenticationSettings: Sendable {
    public var isOn: Bool
    public var jwtSecret: Secret?
    /// PEM, or the path of a file that holds it.
    public var jwtPublicKey: String?
    public var jwksURL: String?
    public var jwtIssuer: String?
    public var jwtAudience: String?
    /// The path to the claim that holds the role: `role`, `realm_access.roles`.
    public var jwtRoleClaim: [String]
    /// What the claim's values mean; nil: they are the names of roles.
    public var jwtRoles: [String: Role]?

    private enum Switch: String, CaseIterable { case on, off }

    init(_ reader: inout SettingsReader, isLoopback: Bool) {
        let choice = reader.oneOf("HONE_AUTH", Switch.self)
        isOn = choice.map { $0 == .on } ?? !isLoopback
        jwtSecret = reader.value("HONE_JWT_SECRET", expected: "at least 32 bytes") { text in
            text.utf8.count >= 32 ? Secret(text) : nil
        }
        jwtPublicKey = reader.source.text("HONE_JWT_PUBLIC_KEY")
        jwksURL = reader.value("HONE_JWT_JWKS_URL", expected: "an http or https URL") { text in
            text.hasPrefix("https://") || text.hasPrefix("http://") ? text : nil
        }
        jwtIssuer = reader.source.text("HONE_JWT_ISSUER")
        jwtAudience = reader.source.text("HONE_JWT_AUDIENCE")
        jwtRoleClaim = (reader.source.text("HONE_JWT_ROLE_CLAIM") ?? "role").split(separator: ".").map(String.init)
        let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
        jwtRoles = reader.value(
            "HONE_JWT_ROLES", expected: "pairs such as staff=viewer, with the roles \(roles)", Self.roles)
    }

    private static func roles(_ text: String) -> [String: Role]? {
        var roles: [String: Role] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=").map { $0.trimmingPrefix { $0 == " " } }
            guard parts.count == 2, let role = Role(rawValue: String(parts[1])) else { return nil }
            roles[String(parts[0])] = role
        }
        return roles
    }
}

extension SettingsSource {
    /// The parts of a comma-separated text, without the spaces around them.
    func list(_ name: String) -> [String] {
        (text(name) ?? "").split(separator: ",").map { part in
            String(part.trimmingPrefix { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
