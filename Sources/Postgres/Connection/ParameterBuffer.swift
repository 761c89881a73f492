/// Bound values laid out as C strings, alive only inside a closure.
struct ParameterBuffer {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []

    /// Refuses what cannot be sent, before anything is.
    init(_ values: [PostgresValue]) throws(DatabaseError) {
        offsets.reserveCapacity(values.count)
        for value in values {
            offsets.append(try value.text().map { bytes.append(cString: $0) })
        }
    }

    var count: Int { offsets.count }

    /// Calls `body` with one pointer per value, nil for null.
    func withPointers<Result>(_ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let pointers = unsafe offsets.map { offset in
                unsafe offset.flatMap { offset in unsafe buffer.baseAddress.map { unsafe $0 + offset } }
            }
            return unsafe body(pointers)
        }
    }
}

extension [CChar] {
    /// Appends a text with its closing zero and returns where it starts.
    fileprivate mutating func append(cString text: String) -> Int {
        let start = count
        append(contentsOf: text.utf8CString)
        return start
    }
}
