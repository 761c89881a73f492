import Foundation

/// Where people read what we say.
enum Terminal {
    /// Whether standard output is a terminal, and so may be decorated.
    static let isInteractive = isatty(STDOUT_FILENO) == 1

    /// Prints a line, at once even into a pipe: long work is watched through them.
    static func say(_ text: String) { write(text + "\n") }

    static func complain(_ text: String) { complain([text]) }

    static func complain(_ lines: [String]) {
        FileHandle.standardError.write(Data(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Prints text without ending the line, at once.
    static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    static func bold(_ text: String) -> String {
        isInteractive ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
}
