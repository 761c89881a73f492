import Foundation
import HoneCore
import HoneService
import Testing

@Suite("settings")
struct SettingsTests {
    private let least = ["DATABASE_URL": "postgres://u:secret@localhost/hone", "REDIS_URL": "redis://localhost"]

    private func settings(_ more: [String: String] = [:]) async throws -> Settings {
        try Settings(try await SettingsSource(environment: least.merging(more) { _, new in new }))
    }

    private func faults(_ environment: [String: String]) async throws -> [String] {
        let source = try await SettingsSource(environment: environment)
        return try #require(throws: SettingsFault.self) { try Settings(source) }.lines
    }

    @Test("have the documented defaults")
    func defaults() async throws {
        let settings = try await settings()
        #expect(settings.namespace == "hone")
        #expect(settings.partitions == 1)
        #expect(settings.claimAfter == .seconds(6))
        #expect(settings.maxDeliveries == 5)
        #expect(settings.reviewRate == 1)
        #expect(settings.maxMessageBytes == 1_048_576)
        #expect(settings.replay == .off && settings.replayPace == 0)
        #expect(settings.judgeModel == nil)
    }

    @Test("let Celery in only when they name its queue; its servers are ours unless they say otherwise")
    func celery() async throws {
        #expect(try await settings(["HONE_CELERY_RESULT_URL": "redis://results"]).celery == nil)
        let plain = try #require(try await settings(["HONE_CELERY_QUEUE": "celery"]).celery)
        #expect(plain.queue == "celery" && plain.resultTTL == .seconds(86_400))
        #expect([plain.brokerURL, plain.resultURL].map(\.exposed) == ["redis://localhost", "redis://localhost"])
        let apart = try #require(
            try await settings([
                "HONE_CELERY_QUEUE": "q", "HONE_CELERY_BROKER_URL": "redis://broker", "HONE_CELERY_RESULT_TTL": "5m",
            ]).celery)
        #expect([apart.brokerURL, apart.resultURL].map(\.exposed) == ["redis://broker", "redis://broker"])
        #expect(apart.resultTTL == .seconds(300))
        let lines = try await faults(least.merging(["HONE_CELERY_RESULT_TTL": "soon"]) { $1 })
        #expect(lines == ["HONE_CELERY_RESULT_TTL: expected a time such as 500ms, 6s or 2m, found \"soon\""])
    }

    @Test("keep records for good, unless they say for how many days")
    func retention() async throws {
        let usual = try await settings().retention
        #expect(usual.recordingDays == nil && usual.logDays == nil)
        let set = try await settings(["HONE_RECORDING_RETENTION_DAYS": "30", "HONE_LOG_RETENTION_DAYS": "7"]).retention
        #expect(set.recordingDays == 30 && set.logDays == 7)
        for text in ["0", "1.5", "ever"] {
            let lines = try await faults(least.merging(["HONE_LOG_RETENTION_DAYS": text]) { $1 })
            #expect(lines == ["HONE_LOG_RETENTION_DAYS: expected a whole number from 1 to 36500, found \"\(text)\""])
        }
    }

    @Test("say when the optimizer looks after agents by itself, and when it does not")
    func observation() async throws {
        let usual = try await settings().observation
        #expect(usual.interval == .seconds(3_600) && usual.runs == 50 && usual.leastRuns == 10)
        #expect(usual.successBelow == 0.5 && usual.costAbove == MicroUSD(100_000))
        #expect(usual.coolDown == .seconds(86_400) && usual.maxCost == MicroUSD(1_000_000) && usual.memoryDays == 90)
        #expect(try await settings(["HONE_OBSERVE_EVERY": "off"]).observation.interval == nil)
        let lines = try await faults(
            least.merging([
                "HONE_OBSERVE_EVERY": "never", "HONE_OBSERVE_RUNS": "9", "HONE_OBSERVE_COST_ABOVE_USD": "-1",
                "OPTIMIZATION_MEMORY_RETENTION_DAYS": "0",
            ]) { $1 })
        #expect(
            lines == [
                "HONE_OBSERVE_EVERY: expected a time such as 500ms, 6s or 2m, found \"never\"",
                "HONE_OBSERVE_RUNS: expected a whole number from 10 to 1000, found \"9\"",
                "HONE_OBSERVE_COST_ABOVE_USD: expected dollars of at least 0, found \"-1\"",
                "OPTIMIZATION_MEMORY_RETENTION_DAYS: expected a whole number from 1 to 36500, found \"0\"",
            ])
    }

    @Test("read times with and without a unit")
    func durations() async throws {
        for (text, expected) in [
            ("250ms", Duration.milliseconds(250)), ("2", .seconds(2)), ("1.5s", .milliseconds(1_500)),
            ("3m", .seconds(180)),
        ] {
            #expect(try await settings(["HONE_CLAIM_AFTER": text]).claimAfter == expected, "\(text)")
        }
    }

    @Test("name every fault at once, one line each")
    func allFaults() async throws {
        let lines = try await faults([
            "HONE_PARTITIONS": "many", "HONE_REVIEW_RATE": "1.5", "HONE_CLAIM_AFTER": "-1s", "HONE_LOG_LEVEL": "loud",
            "HONE_ROUTING_POLICY": "dice",
        ])
        #expect(lines.count == 7)
        for name in [
            "DATABASE_URL", "REDIS_URL", "HONE_PARTITIONS", "HONE_REVIEW_RATE", "HONE_CLAIM_AFTER", "HONE_LOG_LEVEL",
            "HONE_ROUTING_POLICY",
        ] {
            #expect(lines.contains { $0.hasPrefix("\(name): ") }, "\(name)")
        }
    }

    @Test("refuse a wrong value instead of falling back to the default")
    func wrongValue() async throws {
        #expect(
            try await faults(least.merging(["HONE_CONCURRENCY": "ninety"]) { $1 }) == [
                "HONE_CONCURRENCY: expected a whole number from 1 to 10000, found \"ninety\""
            ])
    }

    @Test("refuse a name that starts with HONE_ and does not exist")
    func misspelt() async throws {
        #expect(
            try await faults(least.merging(["HONE_CONCURENCY": "4"]) { $1 }) == ["HONE_CONCURENCY: no such setting"])
    }

    @Test("come from .env where the environment says nothing")
    func file() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).env").path
        try "HONE_PARTITIONS=3\nHONE_NAMESPACE=file\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let environment = least.merging(["HONE_NAMESPACE": "environment"]) { $1 }
        let settings = try Settings(try await SettingsSource(environment: environment, files: [path]))
        #expect(settings.partitions == 3)
        #expect(settings.namespace == "environment")
    }

    @Test("let the gateway be open on loopback alone, unless they say otherwise")
    func authentication() async throws {
        for host in ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"] {
            let gateway = try await settings(["HONE_GATEWAY_HOST": host]).gateway
            #expect(!gateway.authentication.isOn && gateway.isLoopback && gateway.rateLimit == nil, "\(host)")
        }
        for host in ["0.0.0.0", "::", "10.0.0.1", "hone.example", "127.0.0.1.example", "1270.0.1"] {
            let gateway = try await settings(["HONE_GATEWAY_HOST": host]).gateway
            #expect(gateway.authentication.isOn && !gateway.isLoopback && gateway.rateLimit == 6_000, "\(host)")
        }
        #expect(try await settings(["HONE_AUTH": "on"]).gateway.authentication.isOn)
        #expect(try await settings(["HONE_AUTH": "on", "HONE_RATE_LIMIT": "0"]).gateway.rateLimit == nil)
    }

    @Test("name what is wrong with the gateway's, and show no secret in it")
    func gatewayFaults() async throws {
        let lines = try await faults(
            least.merging([
                "HONE_AUTH": "maybe", "HONE_JWT_SECRET": "too short", "HONE_JWT_JWKS_URL": "ftp://x",
                "HONE_JWT_ROLES": "staff=king", "HONE_RATE_LIMIT": "-1", "HONE_MAX_REQUEST_BYTES": "1",
            ]) { $1 })
        #expect(lines.count == 6 && !lines.contains { $0.contains("too short") })
        for name in ["AUTH", "JWT_SECRET", "JWT_JWKS_URL", "JWT_ROLES", "RATE_LIMIT", "MAX_REQUEST_BYTES"] {
            #expect(lines.contains { $0.hasPrefix("HONE_\(name): ") }, "\(name)")
        }
        let gateway = try await settings([
            "HONE_JWT_ROLES": "staff=viewer, root=admin", "HONE_CORS_ORIGINS": " https://a , https://b",
            "HONE_JWT_ROLE_CLAIM": "a.b",
        ]).gateway
        #expect(gateway.authentication.jwtRoles == ["staff": .viewer, "root": .admin])
        #expect(gateway.authentication.jwtRoleClaim == ["a", "b"])
        #expect(gateway.corsOrigins == ["https://a", "https://b"])
    }

    @Test("hide secrets wherever they are shown")
    func secrets() async throws {
        let settings = try await settings(["OPENAI_API_KEY": "sk-private"])
        let shown = settings.source.effective.map { "\($0.setting.name)=\($0.value ?? "")" }.joined(separator: "\n")
        #expect(!shown.contains("secret"))
        #expect(!shown.contains("private"))
        #expect(shown.contains("OPENAI_API_KEY=•••"))
        #expect(shown.contains("HONE_NAMESPACE=hone"))
        #expect(!"\(settings)".contains("secret"))
    }
}
