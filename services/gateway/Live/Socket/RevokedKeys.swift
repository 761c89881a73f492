import Foundation
import HoneStore
import Logging

/// Closes the sockets of keys that were revoked since: one question to the record for all keys that have sockets.
struct RevokedKeys {
    private static let pause: Duration = .seconds(2)

    let hub: ProgressHub
    let keys: Keys

    func run() async {
        while (try? await Task.sleep(for: Self.pause)) != nil {
            do {
                try await look()
            } catch {
                hub.logger.warning("whether keys were revoked is not known", metadata: ["error": "\(error)"])
            }
        }
    }

    private func look() async throws {
        let inUse = hub.seats.keys
        guard !inUse.isEmpty else { return }
        let revoked = Set(inUse).subtracting(try await keys.unrevoked(among: inUse))
        guard !revoked.isEmpty else { return }
        let callers = Set(revoked.map(Caller.id(ofKey:)))
        // Else whoever lost a socket would open the next with what is still remembered of the key.
        hub.callers.forget(callers)
        hub.close(.revoked, of: callers)
    }
}
