import Synchronization

/// What the server has seen and done so far.
final class Ledger: Sendable {
    private struct State {
        var script: Script
        var uses: [Int: Int] = [:]
        var requests: [ScriptedRequest] = []
        var counts = ScriptedCounts()
    }

    private let state: Mutex<State>

    init(_ script: Script) {
        state = Mutex(State(script: script))
    }

    var requests: [ScriptedRequest] { state.withLock { $0.requests } }
    var counts: ScriptedCounts { state.withLock { $0.counts } }

    func replace(script: Script) {
        state.withLock {
            $0.script = script
            $0.uses = [:]
        }
    }

    /// Records the request under its number.
    func arrived(_ request: ScriptedRequest) -> ScriptedRequest {
        state.withLock {
            var request = request
            request.number = $0.requests.count + 1
            $0.requests.append(request)
            $0.counts.started += 1
            $0.counts.mostAtOnce = max($0.counts.mostAtOnce, $0.counts.inFlight)
            return request
        }
    }

    /// The answer of the first rule that fits, which is thereby used once more.
    func reply(to request: ScriptedRequest) -> ScriptedReply {
        state.withLock { state in
            for (index, rule) in state.script.rules.enumerated() where rule.when.fits(request) {
                let uses = state.uses[index, default: 0]
                guard uses < rule.times ?? .max else { continue }
                state.uses[index] = uses + 1
                return rule.reply
            }
            return state.script.otherwise
        }
    }

    func finished() {
        state.withLock { $0.counts.finished += 1 }
    }

    func abandoned() {
        state.withLock { $0.counts.abandoned += 1 }
    }
}

/// How many requests have come and gone.
public struct ScriptedCounts: Hashable, Sendable {
    public internal(set) var started = 0
    /// Answered as the script says.
    public internal(set) var finished = 0
    /// The client went away before the answer's end.
    public internal(set) var abandoned = 0
    public internal(set) var mostAtOnce = 0

    public var inFlight: Int { started - finished - abandoned }
}
