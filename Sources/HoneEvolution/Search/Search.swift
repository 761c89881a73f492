/// The searches there are, as a run stores them.
public enum Search: Sendable, Hashable, Codable {
    case gepa(GEPA)
    case mipro(MIPRO)
    case nsga2(NSGA2Search)

    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave? {
        switch self {
        case .gepa(var gepa):
            defer { self = .gepa(gepa) }
            return gepa.next(after: last, at: &bench)
        case .mipro(var mipro):
            defer { self = .mipro(mipro) }
            return mipro.next(after: last, at: &bench)
        case .nsga2(var nsga2):
            defer { self = .nsga2(nsga2) }
            return nsga2.next(after: last, at: &bench)
        }
    }

    mutating func close(at bench: SearchBench) {
        switch self {
        case .gepa(var gepa):
            gepa.close(at: bench)
            self = .gepa(gepa)
        case .mipro(var mipro):
            mipro.close(at: bench)
            self = .mipro(mipro)
        case .nsga2(var nsga2):
            nsga2.close(at: bench)
            self = .nsga2(nsga2)
        }
    }

    /// Who may be the best; nil: whoever has done enough validation cases.
    var accepted: [Int]? {
        switch self {
        case .gepa(let gepa): gepa.accepted
        case .mipro(let mipro): mipro.accepted
        case .nsga2(let nsga2): nsga2.accepted
        }
    }
}
