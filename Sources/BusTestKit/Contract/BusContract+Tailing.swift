import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let tailing: [BusBehaviour] = [
        BusBehaviour("every reader of a broadcast topic sees every message, and resumes where it left off") { bench in
            try await bench.publish((0..<10).map { TestNews($0) })
            let all = try await read(10, from: .oldest, bench)
            let numbers = try all.map(number)
            try expect(numbers == Array(0..<10), "the reader saw \(numbers)")
            let resumed = try await read(6, from: .after(all[3].entryID), bench)
            let rest = try resumed.map(number)
            try expect(rest == Array(4..<10), "resumed with \(rest)")
            let span = try await bench.transport.span(of: TestNews.topic)
            try expect(span == TailSpan(oldest: all[0].entryID, newest: all[9].entryID), "\(span as Any)")
        },

        BusBehaviour("a reader that starts with the latest sees what comes from then on") { bench in
            try await bench.publish((0..<10).map { TestNews($0) })
            let seen = Record<Int>()
            let reader = Task {
                for try await delivery in bench.transport.tail(TestNews.topic, from: .latest) {
                    seen.note(try number(delivery))
                }
            }
            var next = 10
            try await eventually("something new is seen") {
                try await bench.publish([TestNews(next)])
                next += 1
                return seen.count > 0
            }
            reader.cancel()
            _ = await reader.result
            try expect(seen.all.allSatisfy { $0 >= 10 }, "it saw old news: \(seen.all)")
        },

        BusBehaviour("what came after an entry can be read again, a part at a time") { bench in
            try await bench.publish((0..<10).map { TestNews($0) })
            let all = try await read(10, from: .oldest, bench)
            var (last, parts) = (all[3].entryID, [[Int]]())
            for _ in 0..<3 {
                let part = try await bench.transport.range(of: TestNews.topic, after: last, limit: 4)
                parts.append(try part.map(number))
                last = part.last?.entryID ?? last
            }
            try expect(parts == [[4, 5, 6, 7], [8, 9], []], "\(parts)")
        },

        BusBehaviour("a broadcast topic is capped, and says that it was cut") { bench in
            for start in stride(from: 0, to: 3_000, by: 500) {
                try await bench.publish((start..<start + 500).map { TestNews($0) })
            }
            let count = try await bench.bus.entries(of: bench.key(TestNews.topic)).count
            try expect((1_000...1_200).contains(count), "\(count) entries")
            let span = try await bench.transport.span(of: TestNews.topic)
            try expect(span?.isWhole == false, "\(span as Any)")
        },
    ]

    private static func read(_ count: Int, from start: TailStart, _ bench: Workbench) async throws -> [Delivery] {
        var read: [Delivery] = []
        for try await delivery in bench.transport.tail(TestNews.topic, from: start) {
            read.append(delivery)
            if read.count == count { break }
        }
        return read
    }

    private static func number(_ delivery: Delivery) throws -> Int {
        try WireFormat.decode(TestNews.self, from: Data(delivery.envelope[Attribute.data] ?? [])).number
    }
}
