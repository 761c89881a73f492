import HoneIntelligence

/// The reward system as the original document writes it, kept here to compare with ours.
enum SeedRewards {
    struct Task {
        var failed = false
        var overall = 0.0
        var efficiency = 1.0
        var dollars = 0.0
        var seconds = 10.0
        var rating: Int?
        var peers: [Double] = []
    }

    static func points(_ task: Task) -> Int { reward(task) - penalty(task) }

    static func reward(_ task: Task) -> Int {
        var reward = 10 + task.overall * 50 + min(1, 10 / task.seconds) * 20 + task.efficiency * 30
        if let rating = task.rating { reward += Double(rating) / 5 * 40 }
        if !task.peers.isEmpty { reward += task.peers.reduce(0, +) / Double(task.peers.count) * 25 }
        return Int(reward)
    }

    static func penalty(_ task: Task) -> Int {
        var penalty = task.failed ? 30 : 0
        if task.dollars > 0.5 { penalty += Int((task.dollars - 0.5) * 100) }
        if task.seconds > 120 { penalty += Int((task.seconds - 120) / 10) }
        if let rating = task.rating, rating < 3 { penalty += (3 - rating) * 15 }
        return penalty
    }
}
