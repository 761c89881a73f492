public import HoneCore

/// Ranks from 1, the highest value first; equal values rank by id, so that a board never shuffles by itself.
public func ranks(_ values: [AgentID: Double]) -> [AgentID: Int] {
    let order = values.sorted { left, right in
        left.value == right.value ? left.key < right.key : left.value > right.value
    }
    return Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.key, $0 + 1) })
}
