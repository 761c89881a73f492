extension Bool: PostgresEncodable, CellDecodable {
    public var postgresValue: PostgresValue { .text(self ? "t" : "f") }

    static func decode(_ cell: Cell) throws -> Bool {
        try cell.withText { text in
            guard text.count == 1 else { return nil }
            return switch text[0] {
            case UInt8(ascii: "t"): true
            case UInt8(ascii: "f"): false
            default: nil
            }
        }
    }
}
