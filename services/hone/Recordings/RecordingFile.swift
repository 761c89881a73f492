import Foundation
import HoneCore
import HoneStore

/// Recordings on their way from one database to another: JSON Lines, the first of which names the format.
struct RecordingFile {
    /// One line after the first.
    struct Line: Codable {
        var call: RecordedCall?
        var circumstance: RecordedCircumstance?
    }

    /// The first line.
    private struct Header: Codable {
        var format: Int

        enum CodingKeys: String, CodingKey { case format = "hone_recordings" }
    }

    /// How many there were of each.
    struct Count {
        var calls = 0
        var circumstances = 0

        var json: JSONValue { ["calls": JSONValue(calls), "circumstances": JSONValue(circumstances)] }
    }

    private static let format = 1
    private static let pageSize = 500

    let store: Store

    /// Hands the lines to `write`, each with its newline.
    func export(to write: (Data) throws -> Void) async throws -> Count {
        var count = Count()
        try write(Self.line(Header(format: Self.format)))
        var place: Int64 = 0
        while true {
            let page = try await store.recordedCalls.page(after: place, limit: Self.pageSize)
            for item in page { try write(Self.line(Line(call: item.call))) }
            count.calls += page.count
            guard page.count == Self.pageSize, let last = page.last else { break }
            place = last.id
        }
        var last: RecordedCircumstance?
        repeat {
            let page = try await store.recordedCircumstances.page(after: last, limit: Self.pageSize)
            for item in page { try write(Self.line(Line(circumstance: item))) }
            count.circumstances += page.count
            last = page.count == Self.pageSize ? page.last : nil
        } while last != nil
        return count
    }

    /// Takes in what is not there yet, all or nothing. Returns how many were new.
    func take(_ data: Data) async throws -> Count {
        try await store.transaction { store in
            var (count, calls, circumstances) = (Count(), [RecordedCall](), [RecordedCircumstance]())
            for (number, text) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
                if number == 0 {
                    try Self.check(text)
                    continue
                }
                let line = try Self.read(Line.self, text, number)
                guard line.call != nil || line.circumstance != nil else {
                    throw CommandFault("line \(number + 1): expected a call or a circumstance, found neither")
                }
                if let call = line.call { calls.append(call) }
                if let circumstance = line.circumstance { circumstances.append(circumstance) }
                guard calls.count + circumstances.count == Self.pageSize else { continue }
                try await count.add(calls, circumstances, to: store)
                (calls, circumstances) = ([], [])
            }
            try await count.add(calls, circumstances, to: store)
            return count
        }
    }

    private static func check(_ text: Data) throws {
        let header = try read(Header.self, text, 0)
        guard header.format == format else {
            throw CommandFault("line 1: hone_recordings: expected \(format), found \(header.format)")
        }
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ text: Data, _ number: Int) throws -> Value {
        do {
            return try WireFormat.decode(type, from: Data(text))
        } catch {
            throw CommandFault("line \(number + 1): \(error)")
        }
    }

    private static func line(_ value: some Encodable) throws -> Data {
        try WireFormat.encode(value) + Data("\n".utf8)
    }
}

extension RecordingFile.Count {
    fileprivate mutating func add(
        _ newCalls: [RecordedCall], _ newCircumstances: [RecordedCircumstance], to store: Store
    ) async throws {
        calls += try await store.recordedCalls.take(newCalls)
        circumstances += try await store.recordedCircumstances.keep(newCircumstances)
    }
}
