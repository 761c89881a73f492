import Foundation

/// One SQL file with the number that orders it.
struct MigrationFile: Sendable {
    let version: Int
    let name: String
    let script: String

    init(name: String, in directory: String) throws {
        guard let digits = name.wholeMatch(of: /([0-9]+)_.+\.sql/)?.output.1, let version = Int(digits) else {
            throw MigrationError.unnumbered(file: name)
        }
        self.version = version
        self.name = name
        script = try String(contentsOfFile: directory + "/" + name, encoding: .utf8)
    }
}

/// A directory of migrations that cannot be applied.
public enum MigrationError: Error, Equatable, CustomStringConvertible {
    /// A file's name is not `0001_name.sql`.
    case unnumbered(file: String)
    /// Two files have one number.
    case ambiguous(file: String, other: String)
    /// A file was changed after it had been applied: undo the change and write a new file.
    case changed(file: String)
    /// A file is older than the newest that was applied: give it a higher number.
    case outOfOrder(file: String, newest: Int)
    /// The server refused a file's script; nothing of it stays.
    case failed(file: String, DatabaseError)

    public var description: String {
        switch self {
        case .unnumbered(let file): "migration \(file): the name must be a number, an underscore and a name"
        case .ambiguous(let file, let other): "migration \(file) has the same number as \(other)"
        case .changed(let file): "migration \(file) was changed after it had been applied"
        case .outOfOrder(let file, let newest): "migration \(file) is older than \(newest), which was applied already"
        case .failed(let file, let error): "migration \(file): \(error)"
        }
    }
}
