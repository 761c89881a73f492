import Foundation

extension String {
    /// Without white space and line breaks around it.
    public var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        // Nearly always there is nothing to take away, and that is quickly seen.
        if first.isPlain, last.isPlain { return self }
        return trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension UInt8 {
    /// A visible character of ASCII.
    fileprivate var isPlain: Bool { (0x21...0x7E).contains(self) }
}
