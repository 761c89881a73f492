import HoneCore
import HoneService
import HoneStore
import Postgres

/// Whether the optimizer is kept from reading what its prompts are judged by: without that it does not start.
struct SealExamination {
    private static let subject = "holdout seal"

    let connections: Connections

    /// Nothing when Postgres is away or not set: that is another finding.
    func findings() async -> [Finding] {
        do {
            if let flaw = try await connections.withStore({ try await $0.seal.flaw() }) {
                return [Finding(.wrong, Self.subject, flaw, advice: Self.advice)]
            }
            return [try await wall()]
        } catch let fault as any TransientFault where fault.isTransient {
            return []
        } catch is CommandFault {
            return []
        } catch {
            return [Finding(.wrong, Self.subject, "\(error)", advice: "`hone migrate` brings the tables up to date")]
        }
    }

    /// A login that is more than the role could leave the role: only one of its own cannot.
    private func wall() async throws -> Finding {
        guard let url = connections.source.text("HONE_OPTIMIZER_DATABASE_URL") else {
            return Finding(.fine, Self.subject, "by role \(HoldoutSeal.role), under the common login")
        }
        let store = try Store(url: url)
        let reads: Bool
        do {
            reads = try await store.seal.isOpen()
            await store.close()
        } catch {
            await store.close()
            throw error
        }
        return Finding(
            reads ? .wrong : .fine, Self.subject,
            reads ? "the optimizer's own login may read the holdout" : "by role \(HoldoutSeal.role), and its own login",
            advice: "take from the login of HONE_OPTIMIZER_DATABASE_URL all but its membership in \(HoldoutSeal.role)")
    }

    private static let advice = """
        as a superuser: create role \(HoldoutSeal.role) nologin; grant \(HoldoutSeal.role) to the login of DATABASE_URL; \
        then run `hone migrate`
        """
}
