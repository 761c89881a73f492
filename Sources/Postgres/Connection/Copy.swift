extension PostgresConnection {
    /// Writes many rows by COPY, the fastest way in, and returns how many. All or nothing: when `rows` throws, none
    /// stays. `table` may be qualified by a schema.
    @discardableResult
    public func copy<Rows: Sequence & Sendable>(
        into table: String, columns: [String], rows: Rows
    ) async throws -> Int where Rows.Element == [any PostgresEncodable & Sendable] {
        try await interruptible {
            var copy = try self.startCopy(table, columns)
            do {
                for row in rows { try self.write(row, to: &copy) }
            } catch {
                throw self.abandonCopy(because: error)
            }
            return try self.finish(copy)
        }
    }

    /// Writes the rows of an asynchronous source by COPY. The connection is not to be used for anything else meanwhile.
    @discardableResult
    public func copy<Rows: AsyncSequence & Sendable>(
        into table: String, columns: [String], rows: Rows
    ) async throws -> Int where Rows.Element == [any PostgresEncodable & Sendable] {
        var copy = try await interruptible { try self.startCopy(table, columns) }
        do {
            for try await row in rows {
                try write(row, to: &copy)
            }
        } catch {
            throw uninterruptibly { abandonCopy(because: error) }
        }
        let complete = copy
        return try await interruptible { try self.finish(complete) }
    }

    private func uninterruptibly(_ body: () -> any Error) -> any Error {
        (try? uninterruptible(body)) ?? CancellationError()
    }

    private func startCopy(_ table: String, _ columns: [String]) throws -> CopyBuffer {
        let names = columns.map(quotedIdentifier).joined(separator: ", ")
        let statement = "copy \(quotedTable(table)) (\(names)) from stdin"
        try handle.send(script: statement)
        let result = try finish()
        guard result.kind == .copyIn else { throw failure(result, statement) }
        return CopyBuffer()
    }

    private func write(_ row: [any PostgresEncodable & Sendable], to copy: inout CopyBuffer) throws {
        try Task.checkCancellation()
        try copy.append(row)
        if copy.bytes.count >= CopyBuffer.size { try handle.sendCopyData(copy.takeBytes(), until: deadline) }
    }

    private func finish(_ copy: CopyBuffer) throws -> Int {
        do {
            if !copy.bytes.isEmpty { try handle.sendCopyData(copy.bytes, until: deadline) }
            try handle.sendCopyEnd(abandoning: nil, until: deadline)
        } catch DatabaseError.timedOut {
            throw abandon()
        }
        return try answer(to: nil).affectedRows
    }

    /// Tells the server to forget the rows; returns the error that was the reason.
    private func abandonCopy(because reason: any Error) -> any Error {
        do {
            try handle.sendCopyEnd(abandoning: "abandoned", until: deadline)
            _ = try finish()
            return reason
        } catch {
            _ = abandon()
            return error
        }
    }
}

/// Rows in COPY's text format, on their way to the server.
private struct CopyBuffer {
    /// How much is gathered before it is sent.
    static let size = 64 * 1024

    private(set) var bytes: [UInt8] = []

    mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    mutating func append(_ row: [any PostgresEncodable & Sendable]) throws {
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            append(try value.postgresValue.text())
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ text: String?) {
        guard let text else { return bytes.append(contentsOf: "\\N".utf8) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
