public import HoneCore
public import HoneStore

/// One case of a benchmark: a line of its JSONL file.
public struct CaseResource: Codable, Sendable {
    public var id: String
    public var input: JSONValue
    public var expected: Expectation?
    public var split: BenchmarkSplit?
    public var control: Bool

    private enum CodingKeys: String, CodingKey {
        case id, input, expected, split, control
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        input = try fields.decode(JSONValue.self, forKey: .input)
        expected = try fields.decodeIfPresent(Expectation.self, forKey: .expected)
        split = try fields.decodeWordIfPresent(BenchmarkSplit.self, forKey: .split)
        control = try fields.decodeIfPresent(Bool.self, forKey: .control) ?? false
        guard !id.isEmpty else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: fields, debugDescription: "a text")
        }
        guard input.string?.isEmpty == false || input.object != nil else {
            throw DecodingError.dataCorruptedError(
                forKey: .input, in: fields, debugDescription: "a text that is not empty, or an object")
        }
    }

    public init(_ stored: BenchmarkCase) {
        id = stored.id
        input = stored.input
        expected = stored.expected
        split = stored.split
        control = stored.control
    }

    public var benchmarkCase: BenchmarkCase {
        BenchmarkCase(id: id, input: input, expected: expected, split: split, control: control)
    }
}
