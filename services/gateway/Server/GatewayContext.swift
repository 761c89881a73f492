import HoneCore
import Hummingbird
import NIOCore

/// What travels with a request through the gateway.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who asks; nil until, and unless, the caller has proved it.
    var caller: Caller?
    /// Why the caller's token was not taken.
    var callerFault: (any Error)?
    let remoteAddress: SocketAddress?
    /// The connection, for routes that turn it into a socket.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        channel = source.channel
    }

    func require(_ role: Role) throws {
        guard let caller else { throw callerFault ?? Problem.unauthorized() }
        guard caller.role >= role else { throw Problem.forbidden(needed: role) }
    }
}
