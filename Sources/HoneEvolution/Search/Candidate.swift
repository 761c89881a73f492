/// A prompt that a search tries. Candidates are numbered in the order of their making; number 0 is today's prompt.
public struct Candidate: Sendable, Hashable, Codable {
    public let number: Int
    public let genome: Genome
    public let parents: [Int]
    /// What made it.
    public let maker: String

    public init(number: Int, genome: Genome, parents: [Int], maker: String) {
        self.number = number
        self.genome = genome
        self.parents = parents
        self.maker = maker
    }
}
