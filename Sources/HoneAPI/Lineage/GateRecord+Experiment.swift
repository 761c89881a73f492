import HoneCore
import HoneEvolution
import HoneStore

extension GateRecord {
    /// What the gate of an experiment was opened with, as its results say. Nil for what is no gate, or not over.
    init?(_ record: ExperimentRecord) {
        guard record.kind == "gate", let opening = record.results.flatMap(GateResult.init(results:))?.opening else {
            return nil
        }
        self = opening
    }
}

extension GateResult {
    /// What an experiment of the kind `gate` has as its results.
    init?(results: JSONValue) {
        guard let data = try? WireFormat.encode(results),
            let result = try? WireFormat.decode(GateResult.self, from: data)
        else { return nil }
        self = result
    }

    /// What another result says otherwise, by name.
    func contradictions(with other: GateResult) -> [String] {
        guard let own = try? JSONValue(encoding: self).object, let said = try? JSONValue(encoding: other).object else {
            return ["it cannot be compared"]
        }
        return own.sorted { $0.key < $1.key }.compactMap { name, value in
            let found = said[name] ?? .null
            guard !value.agrees(with: found) else { return nil }
            return "\(name) is \(InvalidValue.summary(of: found)), and should be \(InvalidValue.summary(of: value))"
        }
    }
}

extension JSONValue {
    /// Numbers that differ by no more than their last digits are the same.
    fileprivate func agrees(with other: JSONValue) -> Bool {
        if let one = double, let two = other.double { return abs(one - two) <= 1e-9 * max(1, abs(one), abs(two)) }
        switch (self, other) {
        case (.object(let one), .object(let two)):
            return one.count == two.count && one.allSatisfy { two[$0.key].map($0.value.agrees) ?? false }
        case (.array(let one), .array(let two)):
            return one.count == two.count && zip(one, two).allSatisfy { $0.agrees(with: $1) }
        default: return self == other
        }
    }
}
