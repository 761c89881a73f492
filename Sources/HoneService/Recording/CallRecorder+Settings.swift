import Foundation
import HoneCore
import HoneModels
import HoneStore

extension CallRecorder {
    /// What `HONE_REPLAY` asks for; nil when it is off.
    init?(_ settings: Settings, in store: Store) {
        let mode: Mode
        switch settings.replay {
        case .off: return nil
        case .record: mode = .record
        case .replay: mode = .replay
        }
        self.init(
            mode, in: StoredRecordings(calls: store.recordedCalls), hiding: Redaction(settings.source.secrets),
            pace: settings.replayPace)
    }
}

extension SettingsSource {
    /// Everything here that looks like a secret: what a setting says is one, what a variable's name says is one, and the
    /// passwords in URLs.
    var secrets: [Secret] {
        let environment = environment()
        let named = environment.filter { name, _ in Self.saysSecret(name) }.map(\.value)
        let settings = Setting.all.filter(\.isSecret).compactMap { text($0.name) }
        let passwords = (environment.values + settings).compactMap { URLComponents(string: $0)?.password }
        return (named + settings + passwords).map(Secret.init)
    }

    private static func saysSecret(_ name: String) -> Bool {
        ["KEY", "TOKEN", "SECRET", "PASSWORD"].contains { name.uppercased().hasSuffix($0) }
    }
}
