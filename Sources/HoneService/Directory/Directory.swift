public import HoneBus
public import HoneCore
import HoneMessages
public import HoneModels
public import HoneStore
public import Logging
public import ServiceLifecycle
import Synchronization

/// Who and what there is: agents, models and templates as Postgres has them, held in memory and refreshed.
///
/// A change is seen within ``DirectoryPace/refresh``, a promoted prompt at once (`prompts.changed`), and within
/// ``DirectoryPace/look`` where that message is lost.
public final class Directory: Service {

    /// Calls models; follows what is approved.
    public let models: ModelCatalog
    /// Keeps those calls within their caps.
    private let treasury: Treasury
    private let store: Store
    private let transport: any BusTransport
    private let pace: DirectoryPace
    private let logger: Logger
    private let state: Mutex<Snapshot>
    private let prompts = Mutex<[PromptID: Prompt]>([:])

    /// Everything at one moment.
    public struct Snapshot: Sendable {
        public var agents: [AgentID: StoredAgent] = [:]
        public var models: [ModelID: ApprovedModel] = [:]
        public var templates: [Category: ObjectiveTemplate] = [:]
    }

    /// Loads once, so that a service that has started knows its agents.
    public init(
        store: Store, transport: any BusTransport, settings: Settings, observers: [any ModelCallObserver] = [],
        pace: DirectoryPace = DirectoryPace(), logger: Logger
    ) async throws {
        self.pace = pace
        self.store = store
        self.transport = transport
        self.logger = logger
        let snapshot = try await Self.load(store)
        state = Mutex(snapshot)
        if settings.replay == .replay { logger.warning("model calls are replayed: none is made") }
        treasury = Treasury(store: store, dailyCap: settings.dailyBudget, logger: logger)
        try await treasury.refresh()
        models = ModelCatalog(
            Array(snapshot.models.values), environment: settings.source.environment(),
            options: ModelCatalogOptions(recorder: CallRecorder(settings, in: store), spending: treasury),
            observers: observers)
    }

    public var snapshot: Snapshot { state.withLock { $0 } }

    /// The chosen model, else the first approved one (by id) that is not `echo`.
    public func model(chosen: ModelID?) -> ModelID? {
        chosen ?? snapshot.models.values.filter { $0.provider != .echo }.map(\.id).min()
    }

    /// Prompts are immutable, so one that was seen is never asked for again.
    public func prompt(_ id: PromptID) async throws -> Prompt? {
        if let known = prompts.withLock({ $0[id] }) { return known }
        guard let prompt = try await store.prompts.load(id)?.prompt else { return nil }
        prompts.withLock { $0[id] = prompt }
        return prompt
    }

    /// The case that a task is a trial of, where it may name one; nil when it is a trial of no such case.
    public func benchmarkCase(of task: TaskID, _ reference: CaseReference) async throws -> TrialCase? {
        try await store.benchmarks.cases(ofTrials: [task])[task].flatMap { $0.reference == reference ? $0 : nil }
    }

    /// Reads everything again.
    public func refresh() async throws {
        let snapshot = try await Self.load(store)
        state.withLock { $0 = snapshot }
        models.replace(with: Array(snapshot.models.values))
        try await treasury.refresh()
    }

    /// For who looks once and does not run it.
    public func close() async { await models.shutdown() }

    private static func load(_ store: Store) async throws -> Snapshot {
        Snapshot(
            agents: Dictionary(uniqueKeysWithValues: try await store.agents.all().map { ($0.id, $0) }),
            models: Dictionary(uniqueKeysWithValues: try await store.models.all().map { ($0.id, $0) }),
            templates: Dictionary(uniqueKeysWithValues: try await store.templates.all().map { ($0.category, $0) }))
    }
}

/// How often a directory looks at the record.
public struct DirectoryPace: Sendable {
    /// Between two readings of everything.
    public var refresh: Duration = .seconds(2)
    /// Between two looks whether a prompt has moved, which cost next to nothing.
    public var look: Duration = .milliseconds(400)

    public init() {}
}

extension Directory {
    /// Refreshes until the service shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await self.refreshPeriodically() }
                group.addTask { await self.followPromptChanges() }
                group.addTask { await self.watchTransitions() }
            }
        }
        await treasury.close()
        await models.shutdown()
    }

    private func refreshPeriodically() async {
        while (try? await Task.sleep(for: pace.refresh)) != nil {
            await refreshOrWarn()
            try? await treasury.settleOwed()
        }
    }

    private func followPromptChanges() async {
        do {
            for try await _ in transport.tail(.promptsChanged, from: .latest) {
                await refreshOrWarn()
            }
        } catch is CancellationError {
        } catch {
            logger.warning("no longer following prompt changes", metadata: ["error": "\(error)"])
        }
    }

    /// The record tells what a lost message would have: every move of a prompt has a number.
    private func watchTransitions() async {
        var seen: Int64?
        while (try? await Task.sleep(for: pace.look)) != nil {
            guard let last = try? await store.prompts.lastTransition(), last != seen else { continue }
            if await refreshOrWarn() { seen = last }
        }
    }

    @discardableResult
    private func refreshOrWarn() async -> Bool {
        do {
            try await refresh()
            return true
        } catch is CancellationError {
        } catch {
            logger.warning("the directory is not fresh", metadata: ["error": "\(error)"])
        }
        return false
    }
}
