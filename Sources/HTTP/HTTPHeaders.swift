/// One header line. Its description shows the name only: the value may be a credential.
public struct HTTPHeader: Sendable, Hashable, CustomStringConvertible {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    public init(_ name: String, _ value: String) {
        self.init(name: name, value: value)
    }

    public var description: String { "\(name): …" }

    func isNamed(_ other: String) -> Bool {
        name.utf8.elementsEqual(other.utf8) { $0.asciiLowercased == $1.asciiLowercased }
    }
}

/// The headers of a response in the order they came, looked up without regard to case.
public struct HTTPHeaders: Sendable, Hashable, RandomAccessCollection, CustomStringConvertible {
    private var lines: [HTTPHeader]

    public init(_ lines: [HTTPHeader] = []) {
        self.lines = lines
    }

    /// The first value under this name.
    public subscript(name: String) -> String? {
        lines.first { $0.isNamed(name) }?.value
    }

    /// Every value under this name, in order.
    public func values(of name: String) -> [String] {
        lines.filter { $0.isNamed(name) }.map(\.value)
    }

    public var startIndex: Int { lines.startIndex }
    public var endIndex: Int { lines.endIndex }
    public subscript(position: Int) -> HTTPHeader { lines[position] }

    public var description: String { lines.description }
}

extension UInt8 {
    fileprivate var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
