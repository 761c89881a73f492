public import HoneCore

/// Which model judges.
public enum JudgeChoice {
    /// The preferred one, or else the first approved; never the author itself while there is another, and never `echo`,
    /// which has no opinion. nil when no model can judge.
    public static func model(preferred: ModelID?, author: ModelID?, approved: [ApprovedModel]) -> ModelID? {
        let able = approved.filter { $0.provider != .echo }.map(\.id)
        let order = [preferred].compactMap { $0 }.filter(able.contains) + able
        let selves = selves(of: author, approved)
        return order.first { !selves.contains($0) } ?? order.first
    }

    /// The author's model under all the ids by which it is approved: the same name at the same kind of provider is the
    /// same model.
    public static func selves(of author: ModelID?, _ approved: [ApprovedModel]) -> Set<ModelID> {
        guard let author else { return [] }
        guard let known = approved.first(where: { $0.id == author }) else { return [author] }
        let same = approved.filter { $0.provider == known.provider && $0.model == known.model }
        return Set(same.map(\.id)).union([author])
    }
}
