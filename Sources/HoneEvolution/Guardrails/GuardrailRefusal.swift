/// What keeps a proposed prompt from being tried.
public enum Guardrail: String, Sendable, Hashable, Codable, CaseIterable {
    /// It does not render, or names what it is not given.
    case syntax
    /// It does not use what its parent was given.
    case variables
    /// Its loops or fillers could take for ever.
    case work
    case length
    /// It says what a known prompt says.
    case duplicate
    /// It tells the model to forget its rules, or hides something.
    case injection
    /// It is no language, or the same words over and over.
    case nonsense
    /// It has left what the agent is for.
    case drift
    /// It contains cases that it will be judged by.
    case leak
    /// One trial may cost more than is left.
    case cost
}

/// Why a proposed prompt is not tried. Nothing was paid for it.
public struct GuardrailRefusal: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    public let guardrail: Guardrail
    public let reason: String

    public init(_ guardrail: Guardrail, _ reason: String) {
        self.guardrail = guardrail
        self.reason = reason
    }

    public var description: String { "\(guardrail.rawValue): \(reason)" }
}
