/// A name that a person chose (`remus`, `smollm2-135m`), typed by what it names.
///
/// One to 128 characters of `A–Z a–z 0–9 . _ : / -`, starting with a letter or digit: safe in keys, URLs, file names and logs.
public struct Name<Subject>: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init?(_ rawValue: String) {
        guard Name.isValid(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// For names in our own code, which are known to be valid.
    private init(valid rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }

    private static func isValid(_ text: String) -> Bool {
        guard (1...128).contains(text.utf8.count), let first = text.utf8.first else { return false }
        return isAlphanumeric(first) && text.utf8.allSatisfy { isAlphanumeric($0) || "._:/-".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension Name: Comparable {
    public static func < (left: Name, right: Name) -> Bool { left.rawValue < right.rawValue }
}

extension Name: RawRepresentable {
    public init?(rawValue: String) { self.init(rawValue) }
}

extension Name: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = Name(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a name of 1 to 128 letters, digits or . _ : / -, starting with a letter or digit")
        }
        self = name
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

public enum AgentSubject {}
public enum ModelSubject {}
public enum CategorySubject {}

public typealias AgentID = Name<AgentSubject>
public typealias ModelID = Name<ModelSubject>
/// An objective template's category: `analysis`, `research`, ….
public typealias Category = Name<CategorySubject>

extension Name where Subject == CategorySubject {
    /// Where tasks are counted that name no category.
    public static let general = Name(valid: "general")
}
