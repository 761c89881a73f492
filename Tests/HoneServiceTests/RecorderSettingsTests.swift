import Foundation
import HoneCore
import Testing

@testable import HoneService

@Suite("what recordings must not hold")
struct RecorderSettingsTests {
    @Test("secret settings, variables that are called secrets, and passwords in URLs are known as secrets")
    func secrets() async throws {
        let source = try await SettingsSource(environment: [
            "DATABASE_URL": "postgres://me:pass-word@host/db", "OPENAI_API_KEY": "sk-settings-0123",
            "JUDGE_API_KEY": "sk-resource-0123", "GITHUB_TOKEN": "ghp-0123456789", "HOME": "/home/somebody",
            "PROXY": "http://user:hidden-in-url@proxy",
        ])
        let secrets = Set(source.secrets.map(\.exposed))
        for secret in [
            "postgres://me:pass-word@host/db", "pass-word", "sk-settings-0123", "sk-resource-0123", "hidden-in-url",
        ] {
            #expect(secrets.contains(secret))
        }
        #expect(secrets.contains("ghp-0123456789") && !secrets.contains("/home/somebody"))
    }

    @Test("the pace of a replay is a number")
    func pace() async throws {
        func settings(_ pace: String) async throws -> Settings {
            try Settings(
                try await SettingsSource(environment: [
                    "DATABASE_URL": "postgres://host/db", "REDIS_URL": "redis://host", "HONE_REPLAY": "replay",
                    "HONE_REPLAY_PACE": pace,
                ]))
        }
        #expect(try await settings("0.5").replayPace == 0.5)
        for wrong in ["fast", "-1", "101", "nan"] {
            await #expect(throws: SettingsFault.self) { try await settings(wrong) }
        }
    }
}
