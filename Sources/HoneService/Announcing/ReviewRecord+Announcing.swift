public import HoneBus
import HoneMessages
public import HoneStore

extension ReviewCompleted {
    fileprivate init(_ review: ReviewRecord) {
        self.init(
            taskID: review.taskID, evaluatedAgentID: review.evaluatedAgentID,
            evaluatorAgentID: review.evaluatorAgentID, score: review.score, criteria: review.criteria,
            feedback: review.feedback)
    }
}

extension ReviewRecord {
    /// The message that tells a review. The same review always gives the same message.
    public func announcement(causedBy traceparent: String?) throws -> Publication {
        try Publication(
            ReviewCompleted(self), id: ReviewCompleted.id(of: taskID, by: evaluatorAgentID), causedBy: traceparent)
    }
}
