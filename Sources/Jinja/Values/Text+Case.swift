/// Case conversions with Python's rules.
extension Text {
    static func uppercased(_ text: String) -> String { text.uppercased() }

    static func lowercased(_ text: String) -> String {
        guard !isASCII(text), text.unicodeScalars.contains("Σ") else { return text.lowercased() }
        let scalars = Array(text.unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            result +=
                scalar == "Σ" && isFinalSigma(scalars, index) ? "ς" : scalar.properties.lowercaseMapping
        }
        return result
    }

    /// A capital sigma at the end of a word becomes a final one.
    private static func isFinalSigma(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return (before?.properties.isCased ?? false) && !(after?.properties.isCased ?? false)
    }

    static func capitalized(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return "" }
        return first.properties.titlecaseMapping + lowercased(String(text.unicodeScalars.dropFirst()))
    }

    /// Python's `str.title`: a capital after everything that has no case.
    static func titled(_ text: String) -> String {
        var result = ""
        var followsCased = false
        for scalar in text.unicodeScalars {
            result +=
                followsCased ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
            followsCased = scalar.properties.isCased
        }
        return result
    }

    static func swappedCase(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.isUppercase {
                result += scalar.properties.lowercaseMapping
            } else if scalar.properties.isLowercase {
                result += scalar.properties.uppercaseMapping
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Full case folding.
    static func caseFolded(_ text: String) -> String {
        if isASCII(text) { return text.lowercased() }
        return text.unicodeScalars.reduce(into: "") { $0 += foldings[$1] ?? $1.properties.lowercaseMapping }
    }

    /// Where folding is not the lowercase mapping.
    private static let foldings = ScalarTable.entries(CaseFoldingTable.text).reduce(into: [Unicode.Scalar: String]()) {
        if let scalar = UInt32($1.name, radix: 16).flatMap(Unicode.Scalar.init) { $0[scalar] = $1.text }
    }

    static func isLowercase(_ text: String) -> Bool {
        var hasCased = false
        for scalar in text.unicodeScalars where scalar.properties.isCased {
            if !scalar.properties.isLowercase { return false }
            hasCased = true
        }
        return hasCased
    }

    static func isUppercase(_ text: String) -> Bool {
        var hasCased = false
        for scalar in text.unicodeScalars where scalar.properties.isCased {
            if !scalar.properties.isUppercase { return false }
            hasCased = true
        }
        return hasCased
    }

    static func isTitlecase(_ text: String) -> Bool {
        var hasCased = false
        var followsCased = false
        for scalar in text.unicodeScalars {
            let isUpper =
                scalar.properties.isUppercase || scalar.properties.generalCategory == .titlecaseLetter
            if isUpper, followsCased { return false }
            if scalar.properties.isLowercase, !followsCased { return false }
            followsCased = isUpper || scalar.properties.isLowercase
            if followsCased { hasCased = true }
        }
        return hasCased
    }
}
