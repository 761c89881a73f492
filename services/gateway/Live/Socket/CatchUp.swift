import NIOCore

/// Brings a socket from its place in the past to the present: what its stream still has, a part at a time and no faster
/// than the client reads, until nothing lies between that and what comes live.
struct CatchUp {
    private static let part = 500

    private let socket: NIOLoopBound<Socket>
    private let loop: any EventLoop
    private let route: LiveRoute
    private let form: FrameForm
    private let history: History
    private let begin: EventID

    init(_ socket: Socket, on loop: any EventLoop) {
        self.socket = NIOLoopBound(socket, eventLoop: loop)
        self.loop = loop
        route = socket.opening.route
        form = socket.opening.form
        history = socket.opening.history
        begin = socket.place
    }

    /// Ends by itself: with the present or with the socket.
    func start() {
        Task {
            do {
                try await run()
            } catch {
                // What it misses cannot be had now.
                loop.execute { socket.value.lag() }
            }
        }
    }

    private func run() async throws {
        var place = begin
        while true {
            let part = try await history.events(of: route, after: place, limit: Self.part)
            place = part.reached
            let chunks = Chunk.chunks(of: part.events, in: form)
            let needsMore = try await loop.flatSubmit { [place] in
                socket.value.replay(chunks, to: place)
            }.get()
            if !needsMore { return }
        }
    }
}
