import Foundation

extension JSONDocument {
    func text(at place: Int) throws -> String {
        let node = nodes[place]
        switch node.kind {
        case .text: return try checked(String(validating: bytes[node.bytes], as: UTF8.self))
        case .escapedText: return try checked(JSONEscapes.text(of: bytes[node.bytes]))
        default: throw DirectJSON.Unreadable()
        }
    }

    func flag(at place: Int) throws -> Bool {
        switch nodes[place].kind {
        case .yes: true
        case .no: false
        default: throw DirectJSON.Unreadable()
        }
    }

    /// Numbers of other forms may be whole as well.
    func integer<Value: FixedWidthInteger>(at place: Int) throws -> Value {
        switch nodes[place].kind {
        case .integer: return try checked(wholeNumber(at: place).flatMap { Value(exactly: $0) })
        case .number: throw uncertain()
        default: throw DirectJSON.Unreadable()
        }
    }

    func double(at place: Int) throws -> Double {
        let node = nodes[place]
        guard node.kind == .integer || node.kind == .number else { throw DirectJSON.Unreadable() }
        // What has fifteen digits is exact.
        if node.kind == .integer, node.bytes.count <= 15, let number = wholeNumber(at: place), number != 0 {
            return Double(number)
        }
        return try fraction(at: place)
    }

    /// What is next to nothing, or beyond everything, is left to `JSONDecoder`.
    private func fraction(at place: Int) throws -> Double {
        let text = String(decoding: bytes[nodes[place].bytes], as: UTF8.self)
        return try checked(text == "0" ? 0 : Double(text).flatMap { $0.isNormal ? $0 : nil })
    }

    func date(at place: Int) throws -> Date {
        guard let dates else { throw uncertain() }
        return try checked(dates(try text(at: place)))
    }

    /// Whole numbers in another form than that of an integer are left to `JSONDecoder`.
    func value(at place: Int) throws -> JSONValue {
        let node = nodes[place]
        switch node.kind {
        case .null: return .null
        case .yes: return .bool(true)
        case .no: return .bool(false)
        case .text, .escapedText: return .string(try text(at: place))
        case .integer: return .integer(try checked(wholeNumber(at: place)))
        case .number:
            let number = try fraction(at: place)
            return .number(try checked(number == number.rounded() ? nil : number))
        case .array: return .array(try JSONPlaces(of: place, in: nodes).map(value))
        case .object: return .object(try members(of: place))
        }
    }

    private func members(of place: Int) throws -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        var key = place + 1
        while key < Int(nodes[place].next) {
            let value = try value(at: key + 1)
            guard members.updateValue(value, forKey: try text(at: key)) == nil else { throw uncertain() }
            key = Int(nodes[key + 1].next)
        }
        return members
    }

    /// Nil when it does not fit.
    private func wholeNumber(at place: Int) -> Int64? {
        let digits = bytes[nodes[place].bytes]
        let isNegative = digits.first == UInt8(ascii: "-")
        var number: Int64 = 0
        for byte in isNegative ? digits.dropFirst() : digits {
            let (shifted, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = shifted.subtractingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
            if overflow || carry { return nil }
            number = sum
        }
        // Counted down from zero, since the negative side reaches one further.
        return isNegative ? number : number == .min ? nil : -number
    }

    private func checked<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw uncertain() }
        return value
    }
}
