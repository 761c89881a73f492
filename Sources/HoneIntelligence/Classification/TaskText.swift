public import HoneCore

/// What the classifier reads of a task: the words of its first texts, and the marks of work that takes more than one
/// thought.
public struct TaskText: Sendable {
    /// So many bytes are read; what a task is about is said at its beginning.
    static let limit = 2_000

    /// Words in lower case, as numbers (FNV-1a), without those that every text has.
    private(set) var words: [UInt64] = []
    /// Words, numbered lines and questions that tell of one thing after another.
    private(set) var steps = 0
    /// Words that say what the result must or must not be.
    private(set) var demands = 0

    private var bytesLeft = TaskText.limit

    /// Every text within `input`, an object's members in order of their names.
    public init(_ input: JSONValue) { read(input) }

    public init(_ text: String) { read(text) }

    private mutating func read(_ value: JSONValue) {
        guard bytesLeft > 0 else { return }
        switch value {
        case .string(let text): read(text)
        case .array(let elements): for element in elements { read(element) }
        case .object(let members):
            for (_, member) in members.sorted(by: { $0.key < $1.key }) { read(member) }
        case .null, .bool, .integer, .number: break
        }
    }

    private mutating func read(_ text: String) {
        var word = WordHash()
        var isLineStart = true
        for byte in text.utf8.prefix(bytesLeft) {
            if WordHash.isOfWord(byte) {
                if isLineStart, byte >= UInt8(ascii: "1"), byte <= UInt8(ascii: "9") { steps += 1 }
                word.add(byte)
                isLineStart = false
                continue
            }
            end(&word)
            switch byte {
            case UInt8(ascii: "\n"): isLineStart = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            case UInt8(ascii: "-"), UInt8(ascii: "*"): steps += isLineStart ? 1 : 0
            case UInt8(ascii: "?"), UInt8(ascii: ";"): steps += 1
            default: isLineStart = false
            }
        }
        end(&word)
        bytesLeft -= text.utf8.count
    }

    private mutating func end(_ word: inout WordHash) {
        guard let hash = word.finish(), !Marks.fillers.contains(hash) else { return }
        words.append(hash)
        if Marks.steps.contains(hash) { steps += 1 }
        if Marks.demands.contains(hash) { demands += 1 }
    }

    private enum Marks {
        /// Words that every text has.
        static let fillers = hashes(
            """
            a an and are as at be but by did do for from had has have he her his i if in is it its me my not of on or our \
            she so that the their they this to was we were with you your
            """)
        static let steps = hashes("then next first second third finally afterwards after step steps")
        static let demands = hashes(
            """
            must should only exactly least most without never between maximum minimum limit format json always required \
            avoid ensure unless except within
            """)

        private static func hashes(_ words: String) -> Set<UInt64> { Set(TaskText.hashes(of: words)) }
    }

    /// The hashes of a text's words, without looking for marks among them.
    static func hashes(of text: String) -> [UInt64] {
        text.split { $0 == " " || $0 == "\n" }.compactMap { part in
            var word = WordHash()
            for byte in part.utf8 where WordHash.isOfWord(byte) { word.add(byte) }
            return word.finish()
        }
    }
}

/// FNV-1a over a word's bytes in lower case.
private struct WordHash {
    private static let offset: UInt64 = 0xcbf2_9ce4_8422_2325
    private var value = WordHash.offset
    private var length = 0

    /// ASCII letters and digits, and all that lies beyond ASCII.
    static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }

    mutating func add(_ byte: UInt8) {
        let lower = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
        value = (value ^ UInt64(lower)) &* 0x100_0000_01b3
        length += 1
    }

    mutating func finish() -> UInt64? {
        defer { self = WordHash() }
        return length > 0 ? value : nil
    }
}
