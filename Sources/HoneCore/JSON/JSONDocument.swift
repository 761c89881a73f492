import Foundation

/// A document whose values are read where they lie.
final class JSONDocument {
    let bytes: [UInt8]
    let nodes: [JSONNode]
    let dates: ((String) -> Date?)?
    /// False once something was asked for that `JSONDecoder` may answer differently. Errors alone would not do: whoever
    /// reads may take one for an answer.
    private(set) var isCertain = true

    init(_ bytes: [UInt8], dates: ((String) -> Date?)?) throws(DirectJSON.Unreadable) {
        self.bytes = bytes
        self.dates = dates
        nodes = try JSONScanner.nodes(of: bytes)
    }

    /// By type first: a cast that fails costs more than most values do.
    func read<Value: Decodable>(_ type: Value.Type, at place: Int) throws -> Value {
        if type == String.self { return try result(text(at: place)) }
        if type == JSONValue.self { return try result(value(at: place)) }
        if type == Double.self { return try result(double(at: place)) }
        if type == Int.self { return try result(integer(at: place) as Int) }
        if type == Bool.self { return try result(flag(at: place)) }
        if type == Date.self { return try result(date(at: place)) }
        if type == Int64.self { return try result(integer(at: place) as Int64) }
        if type == Int32.self { return try result(integer(at: place) as Int32) }
        if DirectJSON.isInteger(type) || DirectJSON.isForeign(type) { throw uncertain() }
        return try Value(from: DirectDecoder(document: self, place: place))
    }

    private func result<Value>(_ value: some Any) throws -> Value {
        guard let value = value as? Value else { throw uncertain() }
        return value
    }

    /// Notes that this document is better left to `JSONDecoder`.
    func uncertain() -> DirectJSON.Unreadable {
        isCertain = false
        return .init()
    }

    func isNull(at place: Int) -> Bool { nodes[place].kind == .null }

    /// Where the elements of an array lie.
    func elements(at place: Int) throws -> [Int] {
        guard nodes[place].kind == .array else { throw DirectJSON.Unreadable() }
        return Array(JSONPlaces(of: place, in: nodes))
    }

    /// The place of a member's value; nil when there is none of that name. Of two members of one name the first counts.
    func member(_ name: String, of place: Int) -> Int? {
        let name = name.utf8
        var key = place + 1
        while key < Int(nodes[place].next) {
            let node = nodes[key]
            if Int(node.end - node.start) == name.count, bytes[node.bytes].elementsEqual(name) { return key + 1 }
            key = Int(nodes[key + 1].next)
        }
        return nil
    }

    /// The names of an object's members.
    func names(of place: Int) throws -> [String] {
        var names: [String] = []
        var key = place + 1
        while key < Int(nodes[place].next) {
            names.append(try text(at: key))
            key = Int(nodes[key + 1].next)
        }
        return names
    }
}

/// The places of the values that are in another one, without those that are deeper.
struct JSONPlaces: Sequence, IteratorProtocol {
    private let nodes: [JSONNode]
    private let end: Int
    private var place: Int

    init(of parent: Int, in nodes: [JSONNode]) {
        self.nodes = nodes
        end = Int(nodes[parent].next)
        place = parent + 1
    }

    mutating func next() -> Int? {
        guard place < end else { return nil }
        defer { place = Int(nodes[place].next) }
        return place
    }
}
