public import HoneCore
public import HoneMessages
public import HoneStore

/// Something that is declared, in a file or by a request, and kept in the record.
public protocol Resource: Codable, Sendable {
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
public struct Applied: Sendable {
    public var change: Change
    /// A sentence for the operator.
    public var note: String?
    /// What the operator should know of what was declared.
    public var warnings: [String]
    /// What others must be told once the transaction is through.
    public var prompts: [PromptChanged]

    public init(
        change: Change, note: String? = nil, warnings: [String] = [], prompts: [PromptChanged] = []
    ) {
        self.change = change
        self.note = note
        self.warnings = warnings
        self.prompts = prompts
    }
}

/// All kinds, by the names that people may use for them.
public enum ResourceKind {
    public static let all: [any Resource.Type] = [
        ModelResource.self, AgentResource.self, TemplateResource.self, BenchmarkResource.self,
    ]

    public static func named(_ kind: String) -> (any Resource.Type)? { all.first { $0.kind == kind } }

    /// `agent`, `agents`, `Agent`; `template` too.
    public static func forgiving(_ word: String) -> (any Resource.Type)? {
        let word = word.lowercased()
        return all.first { type in
            let kind = type.kind.lowercased()
            return [kind, kind + "s"].contains(word) || (kind.hasSuffix("template") && word.hasPrefix("template"))
        }
    }

    public static var names: String { all.map { $0.kind }.joined(separator: ", ") }
}

extension Resource {
    /// As a document, its kind included.
    public var document: JSONValue {
        get throws {
            guard case .object(var fields) = try JSONValue(encoding: self) else { return .null }
            fields["kind"] = .string(Self.kind)
            return .object(fields)
        }
    }
}
