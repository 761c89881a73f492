import HoneAPI
import HoneCore
import HoneStore

extension PromptMoveBody {
    var text: String {
        let state = prompt.state?.rawValue ?? "nowhere"
        let head = "prompt \(prompt.version) of \(prompt.agentID) is \(told ?? state)"
        return ([head] + [warning].compactMap(\.self)).joined(separator: "\n")
    }

    private var told: String? {
        guard let deployment, deployment.status == .canary, deployment.promptID == prompt.id else { return nil }
        return "a canary with \(Format.percent(deployment.share)) of the tasks"
    }

    private var warning: String? {
        switch proof {
        case .unproved: "no gate has proved it better than what it takes the place of; the record says so"
        case .stale: "its gate was against an earlier prompt; the record says so"
        case .proved, nil: nil
        }
    }
}
