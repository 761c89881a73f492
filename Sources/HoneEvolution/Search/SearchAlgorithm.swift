/// The searches there are, by the names under which they are asked for.
public enum SearchAlgorithm: String, Sendable, Hashable, Codable, CaseIterable {
    case gepa, mipro, nsga2
}
