/// Criticism of critics: what a review says of its reviewer.
///
/// Only reviews of bad work, and those that call work bad, say whether a reviewer catches errors. One that finds
/// everything bad catches all of them and is no use: so the share that counts is of errors that were there or were claimed,
/// how many were both (the critical success index of forecasting; Schaefer, 1990).
public enum ReviewOutcome {
    /// Below this a review, and a truth, are bad.
    public static let line = 0.5

    /// Nil when the review says nothing of this kind: good work that was found good. `truth` is what a check or a person
    /// said of the work, 0…1.
    public static func of(score: Double, truth: Double, words: String) -> ObservedRun.Outcome? {
        switch (score < line, truth < line) {
        case (true, true): .passed
        case (false, true): .failed(RunFailure(code: RunFailure.missedError, words: words))
        case (true, false): .failed(RunFailure(code: RunFailure.falseAlarm, words: words))
        case (false, false): nil
        }
    }
}
