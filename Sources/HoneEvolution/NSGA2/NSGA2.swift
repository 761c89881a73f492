public import HoneCore

/// How genomes are varied: what NSGA-II needs to know about them.
public protocol Variation<Genome>: Sendable {
    associatedtype Genome

    /// Two children of two parents.
    func cross(
        _ first: Genome, _ second: Genome, using generator: inout SeededGenerator
    ) -> (Genome, Genome)
    func mutate(_ genome: Genome, using generator: inout SeededGenerator) -> Genome
}

/// The elitist multi-objective genetic algorithm of Deb, Pratap, Agarwal and Meyarivan (IEEE TEVC 6(2), 2002), as a state
/// that is asked for genomes and told how they did. Everything it does follows from its seed.
public struct NSGA2<Genome: Sendable>: Sendable {
    public struct Individual: Sendable {
        public let genome: Genome
        /// Each to be made as large as possible.
        public let objectives: [Double]

        public init(_ genome: Genome, objectives: [Double]) {
            self.genome = genome
            self.objectives = objectives
        }
    }

    public let size: Int
    public private(set) var population: [Individual] = []
    private var generator: SeededGenerator

    /// `size` is even and at least 4.
    public init(size: Int, seed: UInt64) {
        precondition(size >= 4 && size.isMultiple(of: 2), "an even population of at least 4")
        self.size = size
        generator = SeededGenerator(seed: seed)
    }

    /// As many children as there are places; parents win binary tournaments.
    public mutating func offspring(by variation: some Variation<Genome>) -> [Genome] {
        precondition(!population.isEmpty, "tell the first population before asking for children")
        let standings = Standing.all(in: ObjectiveTable(population.map(\.objectives)))
        var children: [Genome] = []
        while children.count < size {
            let (first, second) = (parent(standings), parent(standings))
            let pair = variation.cross(first, second, using: &generator)
            children.append(variation.mutate(pair.0, using: &generator))
            children.append(variation.mutate(pair.1, using: &generator))
        }
        return children
    }

    /// Newcomers compete with everybody there is; the best `size` live on.
    public mutating func take(_ newcomers: [Individual]) {
        let everybody = population + newcomers
        population = Survivors.rows(of: ObjectiveTable(everybody.map(\.objectives)), count: size).map { everybody[$0] }
    }

    /// Those that nobody dominates.
    public var front: [Individual] {
        (ParetoFronts(of: ObjectiveTable(population.map(\.objectives))).fronts.first ?? []).map { population[$0] }
    }

    /// The better of two drawn at random; of equals the first drawn.
    private mutating func parent(_ standings: [Standing]) -> Genome {
        let one = Int.random(in: population.indices, using: &generator)
        let other = Int.random(in: population.indices, using: &generator)
        return population[standings[other].isBetter(than: standings[one]) ? other : one].genome
    }
}

extension NSGA2: Equatable where Genome: Equatable {}
extension NSGA2: Codable where Genome: Codable {}
extension NSGA2.Individual: Equatable where Genome: Equatable {}
extension NSGA2.Individual: Codable where Genome: Codable {}
