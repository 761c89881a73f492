import HoneService

/// Everything the doctor looks at. What cannot be asked is a finding too, never an error.
struct Examination {
    let connections: Connections
    let migrations: String

    func findings() async -> [Finding] {
        await settings() + RedisExamination(connections: connections).findings()
            + PostgresExamination(connections: connections, migrations: migrations).findings()
            + BusExamination(connections: connections).findings()
            + CeleryExamination(connections: connections).findings()
            + BudgetExamination(connections: connections).findings()
            + SealExamination(connections: connections).findings() + services()
    }

    private func settings() async -> [Finding] {
        do {
            _ = try Settings(connections.source)
            return [Finding(.fine, "settings", "valid")]
        } catch {
            return error.lines.map { Finding(.wrong, "settings", $0, advice: "mend the environment or .env") }
        }
    }

    private func services() async -> [Finding] {
        guard let state = try? StackState.load(from: StackFolder()) else { return [] }
        return await StackStatus.services(state).map { service in
            Finding(
                service.isReady ? .fine : .wrong, "service \(service.id)", service.state,
                advice: "read .hone/logs/\(service.id).log; `hone up` starts it again")
        }
    }
}

extension Finding {
    /// From an error that kept the doctor from looking.
    static func unreachable(_ subject: String, _ error: any Error, advice: String) -> Finding {
        Finding(.wrong, subject, faultLines(of: error).joined(separator: "; "), advice: advice)
    }

    /// How far another clock is from ours; leases and deadlines suffer from more than a second or two.
    static func clock(_ subject: String, skew: Double) -> Finding {
        Finding(
            abs(skew) < 2 ? .fine : .doubtful, "\(subject) clock", "\(Format.decimals(skew, 2)) s from this machine's",
            advice: "let NTP set the clocks of both machines")
    }
}
