/// Which formulas made a result. Stored with each score, so that old and new ones are never mixed unseen.
public enum ScoringFormula {
    /// Goes up with every change to a formula in `Scoring`.
    public static let version = 1
}
