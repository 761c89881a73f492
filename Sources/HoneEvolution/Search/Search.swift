/// The searches there are, as a run stores them.
public enum Search: Sendable, Hashable, Codable {
    case gepa(GEPA)

    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave? {
        switch self {
        case .gepa(var gepa):
            defer { self = .gepa(gepa) }
            return gepa.next(after: last, at: &bench)
        }
    }
}
