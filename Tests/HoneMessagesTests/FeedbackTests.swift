import Foundation
import HoneCore
import HoneMessages
import Testing

@Suite("feedback")
struct FeedbackTests {
    @Test("a score of ten becomes stars by halves, rounded up", arguments: zip(1...10, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]))
    func stars(score: Int, stars: Int) {
        #expect(FeedbackReceived(taskID: .new(), score: score).stars == stars)
    }

    @Test("needs a rating or a score, not both and not neither")
    func oneScale() {
        #expect(throws: InvalidValue.self) { try FeedbackReceived(taskID: .new()).validate() }
        #expect(throws: InvalidValue.self) { try FeedbackReceived(taskID: .new(), rating: 3, score: 5).validate() }
        #expect(throws: Never.self) { try FeedbackReceived(taskID: .new(), rating: 3).validate() }
    }
}
