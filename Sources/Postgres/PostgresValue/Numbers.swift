extension Int: PostgresEncodable, CellDecodable {}
extension Int8: PostgresEncodable, CellDecodable {}
extension Int16: PostgresEncodable, CellDecodable {}
extension Int32: PostgresEncodable, CellDecodable {}
extension Int64: PostgresEncodable, CellDecodable {}
extension UInt: PostgresEncodable, CellDecodable {}
extension UInt16: PostgresEncodable, CellDecodable {}
extension UInt32: PostgresEncodable, CellDecodable {}
extension UInt64: PostgresEncodable, CellDecodable {}

extension PostgresEncodable where Self: FixedWidthInteger {
    public var postgresValue: PostgresValue { .text(String(self)) }
}

extension CellDecodable where Self: FixedWidthInteger {
    static func decode(_ cell: Cell) throws -> Self { try cell.withText(parseInteger) }
}

/// Decimal digits with an optional minus; nil for anything else and for what does not fit.
private func parseInteger<Number: FixedWidthInteger>(_ text: Span<UInt8>) -> Number? {
    let isNegative = text.count > 1 && text[0] == UInt8(ascii: "-")
    var number: Number = 0
    guard !text.isEmpty else { return nil }
    for index in (isNegative ? 1 : 0)..<text.count {
        let digit = Number(truncatingIfNeeded: text[index] &- UInt8(ascii: "0"))
        let (shifted, overflow) = number.multipliedReportingOverflow(by: 10)
        let (sum, carry) =
            isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]), !overflow, !carry else { return nil }
        number = sum
    }
    return number
}

extension Double: PostgresEncodable, CellDecodable {
    public var postgresValue: PostgresValue {
        if isNaN { return .text("NaN") }
        if isInfinite { return .text(self > 0 ? "Infinity" : "-Infinity") }
        return .text("\(self)")
    }

    static func decode(_ cell: Cell) throws -> Double {
        try cell.withText { Double(String(text: $0)) }
    }
}

extension Float: PostgresEncodable, CellDecodable {
    public var postgresValue: PostgresValue { isFinite ? .text("\(self)") : Double(self).postgresValue }

    static func decode(_ cell: Cell) throws -> Float {
        try cell.withText { Float(String(text: $0)) }
    }
}
