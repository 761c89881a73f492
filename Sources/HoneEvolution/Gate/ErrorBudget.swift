import Foundation

/// The chance of a false promotion that one optimization run may spend, shared out over however many gates it opens:
/// the shares α·6/(π²k²) add up to α (Basel series).
public struct ErrorBudget: Sendable, Hashable, Codable {
    public let total: Double

    public init(total: Double = 0.05) {
        precondition(total > 0 && total < 1, "a chance between 0 and 1")
        self.total = total
    }

    /// The share of the gate that is opened as the `ordinal`-th, from 1.
    public func share(ofGate ordinal: Int) -> Double {
        precondition(ordinal >= 1, "gates are counted from 1")
        return total * 6 / (Double.pi * Double.pi * Double(ordinal) * Double(ordinal))
    }
}
