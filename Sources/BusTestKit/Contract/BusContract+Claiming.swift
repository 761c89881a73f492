import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let claiming: [BusBehaviour] = [
        BusBehaviour("a message whose holder fell silent is taken over, and its delivery counts") { bench in
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish([TestWork(1)])
            let held = try await bench.fetch(TestWork.topic, as: bench.member("silent"))
            try expect(held.count == 1, "the silent one held \(held.count)")
            let seen = Record<Int>()
            let site = try bench.start {
                try $0.handle(
                    EachOf(TestWork.self) {
                        seen.note($0.deliveries); return .done
                    })
            }
            try await eventually("it is taken over") { seen.count == 1 }
            try await site.stop()
            try expect(seen.all == [2], "the delivery counted \(seen.all)")
        },

        BusBehaviour("a task far longer than the lease runs once") { bench in
            let runs = Record<Int>()
            let long = EachOf(TestWork.self) { message in
                runs.note(message.deliveries)
                try await Task.sleep(for: bench.options.claimAfter * 4)
                return .done
            }
            let sites = try (0..<3).map { _ in try bench.start { try $0.handle(long) } }
            try await bench.publish([TestWork(1)])
            try await bench.untilIdle(TestWork.topic)
            for site in sites { try await site.stop() }
            try expect(runs.all == [1], "it ran as deliveries \(runs.all)")
        },

        BusBehaviour("a consumer that could not renew for a while takes nothing over from itself") { bench in
            var options = bench.options
            options.claimAfter = .milliseconds(50)
            options.renewEvery = .milliseconds(100)
            let runs = Record<Int>()
            let site = try bench.start(options: options) { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) { message in
                        runs.note(message.deliveries)
                        try await Task.sleep(for: .milliseconds(500))
                        return .done
                    })
            }
            try await bench.publish([TestWork(1)])
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            try expect(runs.all == [1], "it ran as deliveries \(runs.all)")
        },

        BusBehaviour("one who was thought dead neither renews nor undoes what its successor holds") { bench in
            let (zombie, heir) = (bench.member("zombie"), bench.member("heir"))
            let streams = bench.transport.streams(of: TestWork.topic)
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish([TestWork(1), TestWork(2)])
            let held = try await bench.fetch(TestWork.topic, as: zombie)
            let taken = try await bench.transport.takeOver(from: streams, idle: .zero, limit: 1, as: heir).deliveries
            try expect(taken.map(\.entryID) == [held[0].entryID], "the heir took \(taken.count)")
            let lost = try await bench.transport.renew(held, as: zombie)
            try expect(lost.map(\.entryID) == [held[0].entryID], "the zombie believes to have lost \(lost.count)")
            try await bench.transport.handBack(held, as: zombie)
            let again = try await bench.transport.takeOver(
                from: streams, idle: .seconds(60), limit: 10, as: bench.member("third"))
            try expect(
                again.deliveries.map(\.entryID) == [held[1].entryID], "\(again.deliveries.count) were up for grabs")
        },

        BusBehaviour("a late acknowledgement does no harm") { bench in
            let (zombie, heir) = (bench.member("zombie"), bench.member("heir"))
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish([TestWork(1)])
            let held = try await bench.fetch(TestWork.topic, as: zombie)
            let taken = try await bench.transport.takeOver(
                from: bench.transport.streams(of: TestWork.topic), idle: .zero, limit: 1, as: heir)
            try await bench.transport.settle(held.map { Settlement($0, .done(publish: [])) }, as: zombie)
            try await bench.transport.settle(taken.deliveries.map { Settlement($0, .done(publish: [])) }, as: heir)
            let backlog = try await bench.backlog(TestWork.topic)
            try expect(backlog == 0, "\(backlog) left")
        },

        BusBehaviour("what was handed back is free at once and has spent no delivery") { bench in
            let streams = bench.transport.streams(of: TestWork.topic)
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish([TestWork(1)])
            let held = try await bench.fetch(TestWork.topic, as: bench.member("first"))
            try await bench.transport.handBack(held, as: bench.member("first"))
            let taken = try await bench.transport.takeOver(
                from: streams, idle: .seconds(60), limit: 10, as: bench.member("second"))
            try expect(taken.deliveries.map(\.deliveries) == [1], "deliveries: \(taken.deliveries.map(\.deliveries))")
        },

        BusBehaviour("a lost bus is set up again and work goes on") { bench in
            let seen = Record<Int>()
            let site = try bench.start {
                try $0.handle(
                    EachOf(TestWork.self) {
                        seen.note($0.body.number); return .done
                    })
            }
            try await bench.publish([TestWork(1)])
            try await eventually("the first is done") { seen.count == 1 }
            try await bench.bus.flush()
            try await bench.publish([TestWork(2)])
            try await eventually("the second is done") { seen.count == 2 }
            try await eventually("the consumer is ready again") { site.consumer.health.isReady }
            try await site.stop()
        },
    ]
}
