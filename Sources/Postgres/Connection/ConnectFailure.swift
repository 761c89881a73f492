/// Why a connection could not be made, read from libpq's words: before a connection stands it offers nothing else.
struct ConnectFailure {
    private let text: Substring

    /// `message` is verbose, with one such line for every address that was tried, of which the last counts:
    /// `connection to server at "127.0.0.1", port 5432 failed: FATAL:  28P01: password authentication failed …`.
    init(libpq message: String) {
        let lines = message.split(separator: "\n")
        text = lines.last { $0.contains(" failed: ") } ?? lines.first ?? "no reason given"
    }

    func sorted(server: String) -> DatabaseError {
        if let sqlState {
            return ServerComplaint(sqlState: sqlState, message: reason).sorted(server: server, statement: nil)
        }
        // What the operator must mend: libpq and the server disagree about how to speak, not whether.
        let hopeless = ["SSL", "certificate", "password", "authentication", "GSSAPI", "sslmode"]
        if hopeless.contains(where: reason.contains) {
            return .rejected(sqlState: "08001", message: "\(server): \(reason)")
        }
        return .connectionLost(server: server, reason: reason)
    }

    /// The code after the severity: `FATAL:  3D000: …`.
    private var sqlState: String? {
        text.firstMatch(of: /[A-Z]+:\s+([0-9A-Z]{5}):/).map { String($0.output.1) }
    }

    private var reason: String {
        let tail = text.firstRange(of: " failed: ").map { text[$0.upperBound...] } ?? text
        return String(tail.replacing(/^[A-Z]+:\s+[0-9A-Z]{5}:\s+/, with: ""))
    }
}
