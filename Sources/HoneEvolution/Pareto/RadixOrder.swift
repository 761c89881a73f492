/// Sorts rows by number in time that grows with their count alone: byte by byte from the least, each pass stable (least
/// significant digit radix sort; Knuth, TAOCP 3, §5.2.5).
enum RadixOrder {
    private struct Entry {
        var key: UInt64
        var row: Int32
    }

    private static let digits = MemoryLayout<UInt64>.size

    /// The rows of `values`, the greatest first; equal ones in their own order.
    static func descending(_ values: [Double]) -> [Int] {
        var entries = values.indices.map { Entry(key: key(of: values[$0]), row: Int32(truncatingIfNeeded: $0)) }
        var spare = entries
        let counts = histograms(entries)
        for digit in 0..<digits {
            let counts = counts[digit * 256..<(digit + 1) * 256]
            // Where all have the same digit there is nothing to sort.
            if counts.contains(entries.count) { continue }
            distribute(entries, by: digit, starts(counts), to: &spare)
            swap(&entries, &spare)
        }
        return entries.map { Int($0.row) }
    }

    /// Unsigned numbers that are the less the greater the value is; both zeros are one.
    private static func key(of value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits >> 63 == 0 ? ~bits & ~(1 << 63) : bits
    }

    /// How often each digit occurs at each place.
    private static func histograms(_ entries: [Entry]) -> [Int] {
        var counts = [Int](repeating: 0, count: digits * 256)
        for entry in entries {
            var rest = entry.key
            for digit in 0..<digits {
                counts[digit << 8 | Int(rest & 0xFF)] += 1
                rest >>= 8
            }
        }
        return counts
    }

    private static func starts(_ counts: ArraySlice<Int>) -> [Int] {
        var next = 0
        return counts.map { count in
            defer { next += count }
            return next
        }
    }

    private static func distribute(_ entries: [Entry], by digit: Int, _ starts: [Int], to sorted: inout [Entry]) {
        var places = starts
        for entry in entries {
            let value = Int(entry.key >> (8 * UInt64(digit)) & 0xFF)
            sorted[places[value]] = entry
            places[value] += 1
        }
    }
}
