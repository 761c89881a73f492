import Foundation
import HoneCore
import HoneService

/// The services of a stack: as many of each as wanted, with today's programs and settings.
struct ServiceFleet {
    let stack: Stack
    let source: SettingsSource
    let environment: [String: String]
    let patience: Duration

    /// Brings the running services to what is wanted and waits until each is ready.
    func start(_ state: inout StackState) async throws {
        try checkNames(state.scale)
        let settings = fingerprint
        try await stopUnwanted(&state, settings)
        var started: [StackState.Service] = []
        for (name, instance) in wanted(state.scale) {
            guard !state.services.contains(where: { $0.name == name && $0.instance == instance }) else { continue }
            let service = try launch(name, instance, state, settings)
            state.services.append(service)
            try state.save(to: stack.folder)
            started.append(service)
        }
        try await awaitReadiness(of: state.services, patience: patience)
        for service in started { stack.report("\(service.id): started, \(service.whereabouts)") }
        if stack.binaries.built.isEmpty { stack.report("no service is built in \(stack.binaries.folder)") }
    }

    private func wanted(_ scale: [String: Int]) -> [(String, Int)] {
        stack.binaries.built.flatMap { name in (0..<(scale[name] ?? 1)).map { (name, $0 + 1) } }
    }

    private func checkNames(_ scale: [String: Int]) throws {
        let built = stack.binaries.built
        for name in scale.keys.sorted() where !built.contains(name) {
            throw CommandFault("--scale \(name): no such service is built; there are \(built.joined(separator: ", "))")
        }
    }

    /// Ends those that are surplus, or were started from another program or with other settings.
    private func stopUnwanted(_ state: inout StackState, _ settings: String) async throws {
        let wanted = Set(wanted(state.scale).map { StackState.Service.id($0.0, $0.1) })
        let unwanted = state.services.filter { service in
            !wanted.contains(service.id) || !service.process.isRunning || service.settings != settings
                || stack.folder.process(service.id)?.isOutdated ?? false
        }
        try await stack.stop(unwanted, &state)
    }

    private func launch(
        _ name: String, _ instance: Int, _ state: StackState, _ settings: String
    ) throws -> StackState.Service {
        let id = StackState.Service.id(name, instance)
        var taken = Set(state.services.flatMap { [$0.metricsPort, $0.port].compactMap(\.self) })
        let door = name == "gateway" ? try door(instance, except: taken) : nil
        taken.formUnion([door?.port].compactMap(\.self))
        let port = try Ports.free(preferring: nil, except: taken)
        let own = ["HONE_METRICS_PORT": "\(port)"].merging(door?.environment ?? [:]) { own, _ in own }
        let keeping = ["keep", "--pid-file", stack.folder.pidFile(id), "--log", stack.folder.log(id), "--"]
        let process = DetachedProcess(
            command: [stack.binaries.keeper] + keeping + [stack.binaries.path(of: name)],
            environment: environment.merging(own) { _, new in new }, folder: stack.folder.root,
            log: stack.folder.log(id))
        return StackState.Service(
            name: name, instance: instance, process: try process.start(), metricsPort: port, address: door?.address,
            settings: settings)
    }

    /// Where a gateway listens: the first one where it is told to, else on the usual port if that is free.
    private func door(_ instance: Int, except taken: Set<Int>) throws -> GatewayDoor {
        let host = source.text("HONE_GATEWAY_HOST") ?? "127.0.0.1"
        let usual = source.text("HONE_GATEWAY_PORT").flatMap { Int($0) }
        let isTold = source.isSet("HONE_GATEWAY_PORT")
        if instance == 1, isTold, let usual { return GatewayDoor(host: host, port: usual) }
        return GatewayDoor(host: host, port: try Ports.free(preferring: instance == 1 ? usual : nil, except: taken))
    }

    private func awaitReadiness(of services: [StackState.Service], patience: Duration) async throws {
        let probe = ReadinessProbe(host: source.text("HONE_METRICS_HOST"))
        for service in services {
            let readiness = Readiness(
                folder: stack.folder, name: service.id, process: service.process, limit: patience)
            try await readiness.wait { await probe.isReady(service.metricsPort) }
        }
        await probe.close()
    }

    /// Changes when any setting does. Secrets go in, but cannot be read from it.
    private var fingerprint: String {
        let values = Setting.all.filter { !$0.name.hasPrefix("HONE_METRICS_PORT") }.map { setting in
            "\(setting.name)=\(source.text(setting.name) ?? "")"
        }
        return UUID.v5(namespace: .hone, name: values.joined(separator: "\n")).uuidString
    }
}

/// The address of one gateway.
struct GatewayDoor {
    let host: String
    let port: Int

    var environment: [String: String] { ["HONE_GATEWAY_PORT": "\(port)"] }

    /// As somebody on this machine reaches it.
    var address: String {
        let name = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
        return "http://\(name):\(port)"
    }
}

extension StackState.Service {
    var port: Int? { address.flatMap { $0.split(separator: ":").last }.flatMap { Int($0) } }

    fileprivate var whereabouts: String {
        (address.map { "\($0), " } ?? "") + "metrics on port \(metricsPort)"
    }
}
