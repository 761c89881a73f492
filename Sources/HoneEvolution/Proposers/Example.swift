/// A train case with its answer: what demonstrations are made of.
public struct Example: Sendable, Hashable, Codable {
    public let caseID: String
    public let input: String
    public let answer: String

    public init(caseID: String, input: String, answer: String) {
        self.caseID = caseID
        self.input = input
        self.answer = answer
    }
}
