import Foundation

/// Wall clock and processor time of this process since a moment.
struct Meter {
    private let start = Meter.nanoseconds
    private let cpuAtStart = read(CLOCK_PROCESS_CPUTIME_ID)

    /// Nanoseconds since 1970, on the clock that all processes of this machine share.
    static var nanoseconds: Int { read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> Int {
        var time = timespec()
        clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    func throughput(of count: Int) -> Throughput {
        let (wall, processor) = (Meter.nanoseconds - start, Meter.read(CLOCK_PROCESS_CPUTIME_ID) - cpuAtStart)
        return Throughput(
            rate: Double(count) / (Double(wall) / 1e9), cpuMicroseconds: Double(processor) / 1e3 / Double(count))
    }
}

struct Throughput: Encodable {
    /// Messages per second.
    var rate: Double
    /// Processor time of this process per message, user and system.
    var cpuMicroseconds: Double

    enum CodingKeys: String, CodingKey {
        case rate
        case cpuMicroseconds = "cpu_us"
    }
}

/// Prints one line of JSON.
func report(_ figures: some Encodable) throws {
    say(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
}

/// Prints a line at once: whoever started this process waits for it.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
