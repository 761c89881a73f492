public import HoneBus

extension DeliveryPolicy {
    /// For the steps between a task and its reply: a few milliseconds each, and under load many tasks a transaction.
    public static let together = DeliveryPolicy(gathering: .milliseconds(10))

    /// For what nobody waits for.
    public static let leisurely = DeliveryPolicy(gathering: .milliseconds(50))
}
