import Foundation
import HoneCore
import HoneMessages
import HoneStore

/// Something that is declared in a file and kept in the record.
protocol Resource: Codable, Sendable {
    /// As documents name it: `Agent`.
    static var kind: String { get }
    /// Lower comes first when several are applied: agents name models.
    static var rank: Int { get }

    var name: String { get }

    /// Says what the types cannot.
    func validate() throws(InvalidValue)

    /// Makes the record equal to this, inside the caller's transaction. Throws `InvalidValue` for what does not fit
    /// the record.
    func apply(to store: Store) async throws -> Applied

    /// All of this kind that are on record.
    static func stored(in store: Store) async throws -> [Self]
}

/// What applying one resource did.
struct Applied {
    var change: Change
    /// A sentence for the operator.
    var note: String?
    /// What others must be told once the transaction is through.
    var prompts: [PromptChanged] = []
}

/// All kinds, by the names that people may use for them.
enum ResourceKind {
    static let all: [any Resource.Type] = [
        ModelResource.self, AgentResource.self, TemplateResource.self, BenchmarkResource.self,
    ]

    static func named(_ kind: String) -> (any Resource.Type)? { all.first { $0.kind == kind } }

    /// `agent`, `agents`, `Agent`; `template` too.
    static func forgiving(_ word: String) -> (any Resource.Type)? {
        let word = word.lowercased()
        return all.first { type in
            let kind = type.kind.lowercased()
            return [kind, kind + "s"].contains(word) || (kind.hasSuffix("template") && word.hasPrefix("template"))
        }
    }

    static var names: String { all.map { $0.kind }.joined(separator: ", ") }
}

extension Resource {
    /// As a document, its kind included.
    var document: JSONValue {
        get throws {
            guard case .object(var fields) = try JSONValue(encoding: self) else { return .null }
            fields["kind"] = .string(Self.kind)
            return .object(fields)
        }
    }
}

extension KeyedDecodingContainer {
    /// One of a closed set of words; a fault lists them.
    func decodeWord<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type, forKey key: Key
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try decode(String.self, forKey: key)) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "one of \(words)")
        }
        return word
    }

    func decodeWordIfPresent<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type, forKey key: Key
    ) throws -> Word? where Word.RawValue == String {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        return try decodeWord(type, forKey: key)
    }
}
