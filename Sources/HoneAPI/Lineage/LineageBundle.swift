public import HoneCore

/// All that speaks for a prompt, in one document that proves itself without any server: what it is made of and by whom, what
/// it was tried on and how that went, and who let it in.
///
/// Each entry has a digest, and each digest is chained to those before it, so that one short text stands for the whole: who
/// knows ``digest`` from elsewhere (the audit log keeps it) knows that nothing was changed.
public struct LineageBundle: Codable, Sendable {
    public static let format = "hone.lineage-bundle.v1"

    public struct Entry: Codable, Sendable {
        /// `prompts/<id>`, `transitions/<id>`, `diffs/<child>/<parent>`, `benchmarks/<id>`, `optimizations/<id>`,
        /// `experiments/<id>`, `bundle` or `ablation`.
        public var name: String
        public var content: JSONValue

        public init(name: String, content: JSONValue) {
            self.name = name
            self.content = content
        }
    }

    public struct Seal: Codable, Sendable, Hashable {
        public var name: String
        /// Of the entry's canonical JSON.
        public var sha256: String
        /// Of the chain before it, the name and the digest.
        public var chain: String
    }

    public var format: String
    public var entries: [Entry]
    public var manifest: [Seal]
    /// The chain's end.
    public var digest: String

    /// Seals these entries.
    public init(_ entries: [Entry]) throws {
        format = Self.format
        self.entries = entries
        manifest = try Self.manifest(of: entries)
        digest = manifest.last?.chain ?? Self.start
    }

    /// What an unbroken bundle of these entries says of them.
    static func manifest(of entries: [Entry]) throws -> [Seal] {
        var chain = start
        return try entries.map { entry in
            let sum = try Digest.of(json: entry.content)
            chain = link(chain, entry.name, sum)
            return Seal(name: entry.name, sha256: sum, chain: chain)
        }
    }

    static let start = Digest.of(Array(format.utf8))

    static func link(_ chain: String, _ name: String, _ sum: String) -> String {
        Digest.of(Array("\(chain)\n\(name)\n\(sum)".utf8))
    }
}

extension LineageBundle.Entry {
    init(_ name: String, _ content: some Encodable) throws {
        self.init(name: name, content: try JSONValue(encoding: content))
    }
}
