import Testing

/// A misspelt feature is ignored by the compiler in silence, so each one is asked for here.
@Suite("the language")
struct LanguageTests {
    @Test("is Swift 6")
    func languageMode() {
        #if swift(>=6)
            let isSwift6 = true
        #else
            let isSwift6 = false
        #endif
        #expect(isSwift6)
    }

    @Test("has every upcoming feature that the manifest names")
    func features() {
        var missing: [String] = []
        #if !hasFeature(ExistentialAny)
            missing.append("ExistentialAny")
        #endif
        #if !hasFeature(InternalImportsByDefault)
            missing.append("InternalImportsByDefault")
        #endif
        #if !hasFeature(MemberImportVisibility)
            missing.append("MemberImportVisibility")
        #endif
        #if !hasFeature(NonisolatedNonsendingByDefault)
            missing.append("NonisolatedNonsendingByDefault")
        #endif
        #expect(missing.isEmpty)
    }
}
