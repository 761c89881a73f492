/// What a check of an answer found, without asking a model.
public struct CheckResult: Hashable, Sendable {
    /// 0…1.
    public let accuracy: Double
    public let passed: Bool
    /// One sentence for people: what was found and what was expected.
    public let detail: String

    /// A check that knows degrees; it passes from one half on.
    public init(graded accuracy: Double, detail: String) {
        self.accuracy = accuracy
        passed = accuracy >= 0.5
        self.detail = detail
    }

    /// A check that knows only right and wrong.
    public init(exact isRight: Bool, detail: String) {
        accuracy = isRight ? 1 : 0
        passed = isRight
        self.detail = detail
    }
}
