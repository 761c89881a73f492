public import Foundation

/// Holds a document from outside to RFC 8259 before it is decoded, since decoders let things pass or stumble over them:
/// commas too many, other encodings than UTF-8, nesting without end, names that an object has twice (§4 leaves open which
/// one counts), and the character zero, which no column of Postgres holds.
public enum JSONInspection {
    /// What is wrong, and whether the document can be read at all.
    public enum Flaw: Error, Hashable, Sendable {
        case unreadable(String)
        case unusable(InvalidValue)
    }

    /// Objects and arrays within each other.
    public static let deepest = 64

    public static func inspect(_ document: Data, deepest: Int = deepest) throws(Flaw) {
        guard String(validating: document, as: UTF8.self) != nil else { throw .unreadable("it is not UTF-8") }
        var walk = JSONWalk(bytes: [UInt8](document), deepest: deepest)
        try walk.run()
    }
}
