import HoneCore
import HoneStore

/// What a caller may see of one task.
enum TaskAccess {
    case full
    /// That it is there and how it does; nothing of what was said.
    case withoutContents
    /// Not even that it is there.
    case none
}

extension Caller {
    /// What this caller's tasks are marked with; nil where everybody is the same.
    var owner: String? { self == .local ? nil : id }

    /// Operators see everything, publishers what is theirs, viewers that there is something.
    func access(to owner: String?) -> TaskAccess {
        if role >= .operator || (owner != nil && owner == self.owner) { return .full }
        return role == .publisher ? .none : .withoutContents
    }

    /// To which owner's tasks the caller's lists are cut; nil shows them all.
    var horizon: String? { role == .publisher ? id : nil }
}

extension GatewayContext {
    /// Who asks, on a route that lets nobody in unknown.
    var knownCaller: Caller {
        get throws {
            guard let caller else { throw Problem.unauthorized() }
            return caller
        }
    }
}
