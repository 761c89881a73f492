import Foundation
import HoneAPI
import HoneCore

extension Query {
    /// One of a closed set of words.
    func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Word.Type
    ) throws(InvalidValue) -> Word? where Word.RawValue == String {
        try value(name, expected: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")) {
            Word(rawValue: $0)
        }
    }

    /// One of these words.
    func word(_ name: String, among words: [String]) throws(InvalidValue) -> String? {
        try value(name, expected: "one of " + words.joined(separator: ", ")) { words.contains($0) ? $0 : nil }
    }

    func name<Subject>(_ name: String, of type: Name<Subject>.Type) throws(InvalidValue) -> Name<Subject>? {
        try value(name, expected: "a name of letters, digits or . _ : / -") { Name<Subject>($0) }
    }

    func id<Subject>(_ name: String, of type: Identifier<Subject>.Type) throws(InvalidValue) -> Identifier<Subject>? {
        try value(name, expected: "a UUID") { Identifier<Subject>($0) }
    }

    /// A moment: RFC 3339, or a day in UTC, of which `edge` is meant.
    func moment(_ name: String, _ edge: Moment.Edge = .start) throws(InvalidValue) -> Date? {
        try value(name, expected: "an RFC 3339 time or a day such as 2026-11-21") { Moment.date($0, edge) }
    }

    /// Where the page before ended, as this list wrote it.
    func cursor<Place: Decodable>(_ type: Place.Type) throws(InvalidValue) -> Place? {
        guard let text = text("cursor") else { return nil }
        return try Cursor.place(type, from: text)
    }

    /// The same for lists in order of time, of things with a UUID.
    func place<Subject>(
        of type: Identifier<Subject>.Type
    ) throws(InvalidValue) -> (time: Date, id: Identifier<Subject>)? {
        guard let place = try cursor(TimePlace.self) else { return nil }
        guard let id = Identifier<Subject>(place.id) else { throw .foreignCursor }
        return (place.time, id)
    }

    /// The same for lists of what is numbered.
    func numberedPlace() throws(InvalidValue) -> (time: Date, id: Int64)? {
        guard let place = try cursor(TimePlace.self) else { return nil }
        guard let id = Int64(place.id) else { throw .foreignCursor }
        return (place.time, id)
    }
}
