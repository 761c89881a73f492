import Foundation
import HoneCore
import Hummingbird

extension GatewayContext {
    /// The name of the caller, for the audit log and for transitions.
    var actor: String { caller?.id ?? Caller.local.id }

    /// A part of the path that names something by its UUID. What is no UUID names nothing: 404.
    func id<Subject>(_ part: String, of what: String) throws -> Identifier<Subject> {
        guard let id = Identifier<Subject>(try text(part, of: what)) else { throw Problem.notFound(what) }
        return id
    }

    /// A part of the path as its writer meant it: `%2F` is a slash in a name.
    func text(_ part: String, of what: String) throws -> String {
        guard let text = parameters.get(part)?.removingPercentEncoding else { throw Problem.notFound(what) }
        return text
    }

    /// A part of the path that names something by its name.
    func name<Subject>(_ part: String, of what: String) throws -> Name<Subject> {
        guard let name = Name<Subject>(try text(part, of: what)) else { throw Problem.notFound(what) }
        return name
    }
}
