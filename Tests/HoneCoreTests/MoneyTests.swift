import HoneCore
import Testing

@Suite("money")
struct MoneyTests {
    @Test("amounts add up exactly")
    func exact() {
        let cent = MicroUSD(dollars: 0.01)
        let sum = (0..<1_000_000).reduce(MicroUSD.zero) { sum, _ in sum + cent }
        #expect(sum == MicroUSD(dollars: 10_000))
    }

    @Test("an amount prints as dollars with six decimals")
    func description() {
        #expect(MicroUSD(420).description == "$0.000420")
        #expect(MicroUSD(-1_500_000).description == "-$1.500000")
    }

    @Test("amounts out of range end at the bounds and not-a-number is nothing")
    func bounds() {
        #expect(MicroUSD(dollars: 1e300) == MicroUSD(.max))
        #expect(MicroUSD(dollars: -1e300) == MicroUSD(.min))
        #expect(MicroUSD(dollars: .nan) == .zero)
    }

    @Test("input, cached input and output have their own prices")
    func cost() {
        let price = ModelPrice(inputPer1K: 0.01, cachedInputPer1K: 0.001, outputPer1K: 0.03)
        let usage = TokenUsage(inputTokens: 3_000, cachedInputTokens: 1_000, outputTokens: 500, llmCalls: 1)
        #expect(price.cost(of: usage) == MicroUSD(dollars: 0.02 + 0.001 + 0.015))
    }
}
