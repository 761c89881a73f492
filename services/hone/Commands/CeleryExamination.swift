import HoneCore
import HoneRedis
import HoneService

/// Whether the Celery bridge can reach its clients' Redis, and keeps up.
struct CeleryExamination {
    let connections: Connections

    /// Nothing when the bridge is off.
    func findings() async -> [Finding] {
        do {
            guard let settings = try connections.celery() else { return [] }
            return await broker(settings) + results(settings)
        } catch {
            return [.unreachable("celery", error, advice: "give the doctor the settings of the stack")]
        }
    }

    private func broker(_ settings: CelerySettings) async -> [Finding] {
        do {
            return try await connections.withQueue(of: settings) { queue in
                try await queue.check()
                let look = CeleryLook(queue: settings.queue, depth: try await queue.depth())
                return [Finding(.fine, "celery broker", "answers"), Self.backlog(look, most: connections.maxBacklog)]
            }
        } catch {
            let advice = "start it, or name one server or sentinels in HONE_CELERY_BROKER_URL (else it is REDIS_URL)"
            return [.unreachable("celery broker", error, advice: advice)]
        }
    }

    static func backlog(_ look: CeleryLook, most: Int) -> Finding {
        let waiting = look.depth.waiting
        return Finding(
            waiting >= most ? .wrong : waiting > most / 10 ? .doubtful : .fine, "celery queue \(look.queue)",
            look.words,
            advice: "run more routers with HONE_CELERY_QUEUE set, or look at their readiness")
    }

    private func results(_ settings: CelerySettings) async -> [Finding] {
        do {
            let results = try CeleryResults(url: settings.resultURL.exposed, expiry: settings.resultTTL)
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await results.check()) } catch { outcome = .failure(error) }
            await results.close()
            try outcome.get()
            return [Finding(.fine, "celery results", "answers")]
        } catch {
            let advice = "start it, or name one server or sentinels in HONE_CELERY_RESULT_URL (else it is the broker)"
            return [.unreachable("celery results", error, advice: advice)]
        }
    }
}
