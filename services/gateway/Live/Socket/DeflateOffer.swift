import Deflate
import Foundation

/// What a client offers of permessage-deflate (RFC 7692 §7.1).
///
/// Every message stands for itself, in both directions: so a frame is deflated once for all sockets, and a socket that
/// says nothing costs no window.
struct DeflateOffer {
    /// The largest window that the client bears.
    private var serverWindow: Int?

    /// The extension as it is agreed on: the first offer of the header that can be met; nil where there is none.
    static func answer(_ header: String) -> String? {
        header.split(separator: ",").lazy.compactMap(DeflateOffer.init).first.map(\.answer)
    }

    /// Nil for other extensions, and for offers that name what is unknown, wrong, or too little for us.
    private init?(_ text: Substring) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.first?.trimmed.lowercased() == "permessage-deflate" else { return nil }
        var names: Set<String> = []
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map(\.trimmed)
            guard let name = pair.first?.lowercased(), names.insert(name).inserted,
                take(name, pair.count == 2 ? pair[1] : nil)
            else { return nil }
        }
    }

    /// False where the offer is not to be taken because of it.
    private mutating func take(_ name: String, _ value: String?) -> Bool {
        switch name {
        case "server_no_context_takeover", "client_no_context_takeover": return value == nil
        case "client_max_window_bits": return value == nil || Self.bits(value) != nil
        case "server_max_window_bits":
            serverWindow = Self.bits(value)
            return serverWindow.map { $0 >= Deflate.windowBits } ?? false
        default: return false
        }
    }

    private static func bits(_ value: String?) -> Int? {
        (8...15).first { value == "\($0)" || value == "\"\($0)\"" }
    }

    private var answer: String {
        let window = serverWindow == nil ? "" : "; server_max_window_bits=\(Deflate.windowBits)"
        return "permessage-deflate; server_no_context_takeover; client_no_context_takeover\(window)"
    }
}

extension Substring {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
