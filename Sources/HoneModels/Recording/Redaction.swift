import Foundation
public import HoneCore

/// Takes known secrets out of texts that are kept: whatever part of a prompt or an answer equals one becomes `•••`.
///
/// Keys travel in headers, which are never kept; this is for those that somebody wrote into a prompt, or that a careless
/// endpoint repeats in its answer.
public struct Redaction: Sendable {
    /// A shorter one is part of ordinary words.
    private static let shortest = 8

    /// Each as it is and as JSON writes it, the longest first: one may be a part of another.
    private let forms: [String]
    private let mask = Secret("").description

    public init(_ secrets: [Secret] = []) {
        let known = Set(secrets.map(\.exposed).filter { $0.utf8.count >= Self.shortest })
        forms = Set(known.flatMap { [$0, Self.escaped($0)] }).sorted { ($1.count, $0) < ($0.count, $1) }
    }

    func hidden(in text: String) -> String {
        forms.reduce(text) { text, form in text.contains(form) ? text.replacing(form, with: mask) : text }
    }

    private static func escaped(_ text: String) -> String {
        guard let data = try? WireFormat.encode(text) else { return text }
        return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
    }
}
