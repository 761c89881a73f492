import Testing

@testable import HoneBus

@Suite("Settling together")
struct SettlementDeskTests {
    private func call(_ id: Int) -> EndedCall { EndedCall(id: id, worked: Worked()) }

    @Test("what ends while somebody settles goes into the next transaction, in order")
    func together() {
        let desk = SettlementDesk()
        #expect(desk.add(call(0)))
        #expect(desk.take()?.map(\.id) == [0])
        #expect(!desk.add(call(1)))
        #expect(!desk.add(call(2)))
        #expect(desk.take()?.map(\.id) == [1, 2])
    }

    @Test("whoever finds nothing leaves the desk, and the next to come takes it")
    func leaving() {
        let desk = SettlementDesk()
        #expect(desk.add(call(0)))
        _ = desk.take()
        #expect(desk.take() == nil)
        #expect(desk.add(call(1)))
    }
}
