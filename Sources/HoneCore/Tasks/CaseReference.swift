/// Names a benchmark's case in the place of a task's input: `{"$case": {"benchmark": "reviews", "id": "r-17"}}`.
///
/// So a trial of a sealed case can be asked for by somebody who may not read it. Only tasks of an experiment may name one;
/// the input of any other task is what it says.
public struct CaseReference: Sendable, Hashable {
    private static let member = "$case"

    public let benchmark: String
    public let id: String

    public init(benchmark: String, id: String) {
        self.benchmark = benchmark
        self.id = id
    }

    /// Nil for any other input.
    public init?(_ input: JSONValue) {
        guard case .object(let members) = input, members.count == 1, let named = members[Self.member],
            let benchmark = named["benchmark"]?.string, let id = named["id"]?.string
        else { return nil }
        self.init(benchmark: benchmark, id: id)
    }

    public var input: JSONValue {
        [Self.member: ["benchmark": .string(benchmark), "id": .string(id)]]
    }
}
