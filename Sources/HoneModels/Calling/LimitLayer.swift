/// Lets no more calls through at the same time than the model's endpoint should get from this process.
struct LimitLayer: CallLayer {
    let slots: SlotQueue
    let limit: Int
    let timing: ModelTiming

    func pass<Answer: MeteredAnswer>(
        _ call: Call, on next: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer {
        let asked = timing.now()
        do {
            try await slots.take(limit: limit, patience: call.timeLeft, sleep: timing.sleep)
        } catch is SlotQueue.TooLong {
            throw ModelFault(.timedOut("all \(limit) slots of the endpoint were taken for too long"), model: call.model)
        }
        defer { slots.giveBack() }
        var call = call
        call.timeLeft -= asked.duration(to: timing.now())
        return try await next(call)
    }
}
