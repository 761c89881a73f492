import HTTPTypes
import HoneBus
import Hummingbird

extension HTTPFields {
    /// The value of a header that HTTPTypes has no name for; nil when it is absent or empty.
    func value(named name: String) -> String? {
        guard let name = HTTPField.Name(name), let value = self[name], !value.isEmpty else { return nil }
        return value
    }

    mutating func set(_ value: String?, named name: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}

extension Request {
    /// The trace the request belongs to, where it says so properly.
    var traceparent: String? { headers.value(named: "traceparent").flatMap(TraceParent.init)?.description }
}
