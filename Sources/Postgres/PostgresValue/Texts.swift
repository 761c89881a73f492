extension String: PostgresEncodable, CellDecodable {
    public var postgresValue: PostgresValue { .text(self) }

    static func decode(_ cell: Cell) throws -> String {
        try cell.withText { String(text: $0) }
    }

    /// A text of the server's: UTF-8, since every connection asks for it.
    init(text: Span<UInt8>) {
        self = unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
