public import HoneCore

/// Which model judges.
public enum JudgeChoice {
    /// The preferred one, or else the first approved; never the author itself while there is another, and never `echo`,
    /// which has no opinion. nil when no model can judge.
    public static func model(preferred: ModelID?, author: ModelID?, approved: [ApprovedModel]) -> ModelID? {
        let able = approved.filter { $0.provider != .echo }.map(\.id)
        let order = [preferred].compactMap { $0 }.filter(able.contains) + able
        return order.first { $0 != author } ?? order.first
    }
}
