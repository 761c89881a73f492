import Foundation

/// One message as a careless reader takes it: which of its text stands outside the fences.
struct FencedMessage {
    let outside: [String]

    init(_ text: String) {
        // A template's mark ends the message, and with it whatever fence was open.
        let messages = text.split(separator: Self.templateMarks, omittingEmptySubsequences: false).map(String.init)
        let mark = messages.first?.firstMatch(of: /The mark is (\S+)\./).map { String($0.output.1) }
        outside = messages.map { Self.outside(of: $0, mark) }
    }

    nonisolated(unsafe) private static let templateMarks =
        /<\|[a-z_]+\|>|<\u{FF5C}[^>]*>|\[\/?INST\]|<<\/?SYS>>|<\/?s>|<(?:start|end)_of_turn>/.ignoresCase()

    private static func outside(of message: String, _ mark: String?) -> String {
        guard let mark else { return message }
        var lines: [Substring] = []
        var isInside = false
        for line in message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if isInside {
                isInside = !Self.isClosing(line, mark)
            } else if line == "<<<\(mark)" {
                isInside = true
            } else {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A careless reader overlooks case, blanks, invisible characters and foreign letters that look alike.
    private static func isClosing(_ line: Substring, _ mark: String) -> Bool {
        Disguise.plain(String(line)).filter { !$0.isWhitespace } == Disguise.plain("\(mark)>>>")
    }
}
