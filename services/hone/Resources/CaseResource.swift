import HoneCore
import HoneStore

/// One case of a benchmark: a line of its JSONL file.
struct CaseResource: Codable, Sendable {
    var id: String
    var input: JSONValue
    var expected: Expectation?
    var split: BenchmarkSplit?
    var control: Bool

    private enum CodingKeys: String, CodingKey {
        case id, input, expected, split, control
    }

    init(from decoder: any Decoder) throws {
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

    init(_ stored: BenchmarkCase) {
        id = stored.id
        input = stored.input
        expected = stored.expected
        split = stored.split
        control = stored.control
    }

    var benchmarkCase: BenchmarkCase {
        BenchmarkCase(id: id, input: input, expected: expected, split: split, control: control)
    }
}
