/// Texts in one piece of memory: the names and values of a stream entry in turn, or several arguments of a command.
public struct RedisTexts: Sendable, Hashable {
    /// One after the other, without anything in between.
    public let bytes: [UInt8]
    /// Where in ``bytes`` each of them ends.
    public let ends: [Int]

    /// `ends` must rise and end with `bytes`.
    public init(bytes: [UInt8] = [], ends: [Int] = []) {
        self.bytes = bytes
        self.ends = ends
    }

    init(_ texts: some Sequence<[UInt8]>) {
        var (bytes, ends) = ([UInt8](), [Int]())
        for text in texts {
            bytes += text
            ends.append(bytes.count)
        }
        self.init(bytes: bytes, ends: ends)
    }
}

extension RedisTexts: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { ends.count }
    public subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }
}
