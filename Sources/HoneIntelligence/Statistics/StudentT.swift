import Foundation

/// Student's t distribution, also for degrees of freedom that are no whole number.
enum StudentT {
    /// The value that a draw stays below with the chance `p`, to nine digits. Without degrees of freedom it is infinite.
    static func quantile(_ p: Double, degrees: Double) -> Double {
        guard degrees > 0, p > 0, p < 1 else { return p == 0.5 ? 0 : p < 0.5 ? -.infinity : .infinity }
        guard p >= 0.5 else { return -quantile(1 - p, degrees: degrees) }
        var low = 0.0
        var high = 2.0
        while tail(high, degrees: degrees) > 1 - p { high *= 2 }
        var value = min(max(low, guess(1 - p)), high)
        for _ in 0..<200 {
            let excess = tail(value, degrees: degrees) - (1 - p)
            if excess > 0 { low = value } else { high = value }
            // Newton's step, or half the bracket where that leads out of it.
            let step = value + excess / density(value, degrees: degrees)
            let next = step > low && step < high ? step : (low + high) / 2
            if abs(next - value) <= 1e-10 * (1 + value) { return next }
            value = next
        }
        return value
    }

    static func cumulative(_ t: Double, degrees: Double) -> Double {
        t < 0 ? tail(-t, degrees: degrees) : 1 - tail(t, degrees: degrees)
    }

    /// The chance of more than `t`, which is not negative.
    private static func tail(_ t: Double, degrees: Double) -> Double {
        incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
    }

    private static func density(_ t: Double, degrees: Double) -> Double {
        let scale = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - log(degrees * Double.pi) / 2
        return exp(scale - (degrees + 1) / 2 * log1p(t * t / degrees))
    }

    /// The normal distribution's (Abramowitz and Stegun 26.2.23): where to begin.
    private static func guess(_ tail: Double) -> Double {
        let t = (-2 * log(tail)).squareRoot()
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    }
}

func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}

/// The regularized incomplete beta function by its continued fraction (Lentz's method).
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    guard x < (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)) / a
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / nonZero(1 - (a + b) * x / (a + 1))
    var fraction = d
    for m in 1...300 {
        let m = Double(m)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        var change = 1.0
        for term in [even, odd] {
            d = 1 / nonZero(1 + term * d)
            c = nonZero(1 + term / c)
            change = c * d
            fraction *= change
        }
        if abs(change - 1) < 1e-14 { break }
    }
    return front * fraction

    func nonZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
