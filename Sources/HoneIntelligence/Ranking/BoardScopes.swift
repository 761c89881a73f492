import HoneCore

/// Everything that agents are ranked by.
struct BoardScopes {
    let overall: QualityScope
    let categories: [Category: QualityScope]
    private let places: [AgentID: Place]
    private let categoryPlaces: [Category: [AgentID: Place]]
    private let costPlaces: [AgentID: Place]

    init(_ records: [AgentID: AgentRecord], correcting: JudgeCorrection?) {
        let overall = QualityScope(records.mapValues(\.history), correcting: correcting)
        var histories: [Category: [AgentID: QualityHistory]] = [:]
        for (agent, record) in records {
            for (category, part) in record.categories { histories[category, default: [:]][agent] = part.history }
        }
        self.overall = overall
        categories = Dictionary(
            uniqueKeysWithValues: histories.map { ($0, QualityScope($1, in: $0, correcting: correcting)) })
        places = overall.places()
        categoryPlaces = categories.mapValues { $0.places() }
        costPlaces = Self.costPlaces(records, overall)
    }

    func place(of agent: AgentID) -> Place? { places[agent] }
    func place(of agent: AgentID, in category: Category) -> Place? { categoryPlaces[category]?[agent] }
    func costPlace(of agent: AgentID) -> Place? { costPlaces[agent] }

    /// Quality per dollar; the price is taken as known.
    private static func costPlaces(_ records: [AgentID: AgentRecord], _ scope: QualityScope) -> [AgentID: Place] {
        var (values, intervals): ([AgentID: Double], [AgentID: ClosedRange<Double>]) = ([:], [:])
        for (agent, estimate) in scope.estimates {
            guard let price = records[agent]?.total.dollarsPerTask else { continue }
            values[agent] = perDollar(estimate.value, price)
            intervals[agent] =
                perDollar(estimate.interval.lowerBound, price)...perDollar(estimate.interval.upperBound, price)
        }
        let bands = rankBands(intervals)
        return ranks(values).reduce(into: [:]) { places, rank in
            places[rank.key] = Place(rank: rank.value, band: bands[rank.key] ?? rank.value...rank.value)
        }
    }

    /// What costs nothing ranks before everything, by quality.
    private static func perDollar(_ quality: Double, _ price: Double) -> Double {
        price > 0 ? quality / price : 1e18 * (1 + quality)
    }
}

extension QualityScope {
    fileprivate func places() -> [AgentID: Place] {
        let bands = bands()
        let first = flipsToLoseFirst()
        return ranks.reduce(into: [:]) { places, rank in
            places[rank.key] = Place(
                rank: rank.value, band: bands[rank.key] ?? rank.value...rank.value,
                flipsToLoseFirst: first?.leader == rank.key ? first?.verdicts : nil)
        }
    }
}

extension StatisticsCell {
    /// Over the tasks whose price is known; nil without any, or without scores.
    fileprivate var dollarsPerTask: Double? {
        priced > 0 && scored > 0 ? MicroUSD(costMicroUSD).dollars / Double(priced) : nil
    }
}
