/// Why a socket is closed: the code and the reason of RFC 6455 §7.4.
struct CloseCode: Hashable, Sendable {
    let number: UInt16
    /// Shown to whoever debugs a client; at most 123 bytes.
    let reason: String

    init(_ number: UInt16, _ reason: String = "") {
        self.number = number
        self.reason = reason
    }

    static let normal = CloseCode(1000)
    static let stopping = CloseCode(1001, "the server is stopping")
    static let silent = CloseCode(1001, "nothing was heard from you")
    static let binary = CloseCode(1003, "only text is understood")
    static let notUTF8 = CloseCode(1007, "text must be UTF-8")
    static let notDeflated = CloseCode(1007, "the message is not deflated as it says")
    static let tooManyFrames = CloseCode(1008, "too many frames in a short time")
    static let revoked = CloseCode(1008, "the key was revoked")
    static let expired = CloseCode(1008, "the key or token has expired")
    static let tooLarge = CloseCode(1009, "a message may have 64 KiB")
    static let failed = CloseCode(1011, "something went wrong on our side")
    static let lagged = CloseCode(1013, "you read too slowly; come back with ?after=")

    static func broken(_ rule: String) -> CloseCode { CloseCode(1002, rule) }

    /// Whether a peer may send it: defined by RFC 6455 or registered since, or free for applications.
    static func isAllowed(_ number: UInt16) -> Bool {
        switch number {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
