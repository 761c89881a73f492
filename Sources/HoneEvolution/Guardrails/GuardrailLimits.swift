/// How far a proposed prompt may go.
public struct GuardrailLimits: Sendable, Hashable {
    /// Characters of its system text, and of what it makes of the input.
    public var textCharacters = 20_000
    /// Of the whole, with its demonstrations: at four bytes a token.
    public var tokens = 8_192
    /// Times that a loop's body may be rendered, loops within loops multiplied.
    public var loopTurns = 1_000
    /// A number in a template's tag: what fills or repeats takes as long as it says.
    public var largestNumber = 10_000
    /// Loops over the input within one another: each turns as often as its publisher likes.
    public var nestedLoops = 2

    public init() {}
}
