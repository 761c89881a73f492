import Foundation
public import HoneCore

/// One page of a list, and how to ask for the next one.
public struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
    public let items: [Item]
    /// Opaque; nil on the last page.
    public let nextCursor: String?

    public init(items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }

    enum CodingKeys: String, CodingKey {
        case items
        case nextCursor = "next_cursor"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(nextCursor, forKey: .nextCursor)
    }
}

/// The place after the last item of a page, in the form that travels: base64url of its JSON.
public enum Cursor {
    public static func text(_ place: some Encodable) throws -> String {
        try WireFormat.encode(place).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// Throws `InvalidValue` for `cursor` when nobody here made it.
    public static func place<Place: Decodable>(_ type: Place.Type, from text: String) throws(InvalidValue) -> Place {
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), let place = try? WireFormat.decode(type, from: data) else {
            throw .foreignCursor
        }
        return place
    }
}

extension InvalidValue {
    /// A cursor that this list did not give.
    public static let foreignCursor = InvalidValue(
        path: "cursor", found: "another text", expected: "a next_cursor of this list")
}

extension Page {
    /// A page of at most `limit`, of rows of which one more was asked for; `place` is where a row stands in the list.
    public init<Row>(
        _ rows: [Row], limit: Int, place: (Row) -> some Encodable, item: (Row) throws -> Item
    ) throws {
        let shown = rows.prefix(limit)
        let next = rows.count > limit ? try shown.last.map { try Cursor.text(place($0)) } : nil
        self.init(items: try shown.map(item), nextCursor: next)
    }
}
