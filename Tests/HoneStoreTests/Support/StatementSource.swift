import Foundation

/// The SQL literals of the sources: every multi-line string, with the member it stands in.
struct StatementSource {
    struct Literal {
        var file: URL
        var line: Int
        var member: String
        var text: String

        var place: String { "\(file.lastPathComponent):\(line)" }
    }

    let literals: [Literal]

    init(folder: URL) throws {
        let files =
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" } ?? []
        literals = try files.flatMap(Self.literals)
    }

    private static func literals(in file: URL) throws -> [Literal] {
        var literals: [Literal] = []
        var open: Literal?
        var member = ""
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if let name = line.firstMatch(of: /(?:func|static let) (\w+)/)?.output.1 { member = String(name) }
            if var literal = open {
                if line.drop(while: \.isWhitespace).hasPrefix("\"\"\"") {
                    literals.append(literal)
                    open = nil
                } else {
                    literal.text += line + "\n"
                    open = literal
                }
            } else if line.hasSuffix("\"\"\"") {
                open = Literal(file: file, line: number + 1, member: member, text: "")
            }
        }
        return literals
    }

    /// The literal as the server gets it: fragments spliced in, values as `$1`, `$2`, ….
    func statement(_ literal: Literal) throws -> String {
        var number = 0
        return try expanded(literal).split(separator: "\u{0}", omittingEmptySubsequences: false)
            .reduce(into: "") { statement, piece in
                if number > 0 { statement += "$\(number)" }
                statement += piece
                number += 1
            }
    }

    /// Whether another statement splices this literal at its end and it means nothing alone.
    func isTail(_ literal: Literal) -> Bool { literal.text.drop(while: \.isWhitespace).hasPrefix("on conflict") }

    private func expanded(_ literal: Literal) throws -> String {
        var result = ""
        var rest = literal.text[...]
        while let start = rest.range(of: "\\(") {
            result += rest[..<start.lowerBound]
            let body = Self.balanced(rest[start.upperBound...])
            rest = rest[body.endIndex...].dropFirst()
            if let name = body.firstMatch(of: /^fragment: (?:\w+\.)*(\w+)/)?.output.1 {
                guard let fragment = fragment("\(name)", near: literal) else { throw Missing(name: "\(name)") }
                result += try expanded(fragment)
            } else {
                result += "\u{0}"
            }
        }
        return result + rest
    }

    /// The one of that name in the same file, else in the same folder, else anywhere. One that is one of several is
    /// named after what they have in common.
    private func fragment(_ name: String, near literal: Literal) -> Literal? {
        let folder = literal.file.deletingLastPathComponent()
        let places = [
            literals.filter { $0.file == literal.file },
            literals.filter { $0.file.deletingLastPathComponent() == folder }, literals,
        ]
        return places.lazy.compactMap { near in
            near.first { $0.member == name } ?? near.first { $0.member.hasPrefix(name) }
        }.first
    }

    struct Missing: Error { var name: String }

    /// The text up to the parenthesis that closes the one before it.
    private static func balanced(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }
}
