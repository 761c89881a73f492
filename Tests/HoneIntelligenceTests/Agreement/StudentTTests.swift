import Testing

@testable import HoneIntelligence

@Suite("Student's t and samples")
struct StudentTTests {
    @Test(
        "quantiles are those of the tables",
        arguments: [
            (0.975, 1, 12.7062047), (0.975, 2, 4.30265273), (0.975, 5, 2.57058184), (0.975, 19, 2.09302405),
            (0.975, 30, 2.04227246), (0.975, 1_000, 1.96233908), (0.9995, 10, 4.58689386), (0.95, 2.5, 2.5582),
            (0.9995, 120, 3.37345376),
        ])
    func quantiles(p: Double, degrees: Double, value: Double) {
        let found = StudentT.quantile(p, degrees: degrees)
        #expect(isClose(found, value, within: degrees == 2.5 ? 2e-3 : 1e-7))
        #expect(isClose(StudentT.quantile(1 - p, degrees: degrees), -found, within: 1e-6))
        #expect(isClose(StudentT.cumulative(found, degrees: degrees), p, within: 1e-9))
    }

    @Test("the middle is zero, and without degrees of freedom nothing is known")
    func edges() {
        #expect(StudentT.quantile(0.5, degrees: 7) == 0)
        #expect(StudentT.quantile(0.975, degrees: 0) == .infinity && StudentT.quantile(0.025, degrees: 0) == -.infinity)
        #expect(StudentT.quantile(1, degrees: 5) == .infinity)
    }

    @Test("samples put together are the sample of all values")
    func moments() {
        let values = [0.1, 0.4, 0.4, 0.9, 1, 0, 0.35]
        for cut in 0...values.count {
            let both = SampleMoments(values.prefix(cut)) + SampleMoments(values.suffix(values.count - cut))
            let all = SampleMoments(values)
            #expect(both.count == all.count && isClose(both.mean, all.mean) && isClose(both.squares, all.squares))
        }
        #expect(isClose(SampleMoments([1, 2, 3, 4]).variance, 5.0 / 3))
        #expect(SampleMoments([0.5]).variance == nil && SampleMoments([]).mean == 0)
    }
}
