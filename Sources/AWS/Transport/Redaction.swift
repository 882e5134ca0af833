/// Takes secrets out of text that a service sent back: some errors repeat what was signed.
struct Redaction: Sendable {
    private let secrets: [String]

    /// Knows the secret and the token of the credentials that signed.
    init(credentials: Credentials?) {
        let values = [credentials?.secretAccessKey, credentials?.sessionToken].compactMap { $0 }
        secrets = (values + values.map(PercentEncoding.encode)).filter { !$0.isEmpty }
    }

    /// The text with secrets and everything that looks like a signature or a token replaced.
    func apply(to text: String) -> String {
        // From here on the error documents of AWS repeat the canonical request with the token in it.
        var text =
            text.firstRange(of: "The Canonical String for this request").map { String(text[..<$0.lowerBound]) } ?? text
        for secret in secrets { text = text.replacing(secret, with: Self.mark) }
        text = text.replacing(#/(?i)(x-amz-security-token|x-amz-signature|signature)(\s*[=:]\s*)[^\s&,"<]+/#) { match in
            "\(match.1)\(match.2)\(Self.mark)"
        }
        return text.trimmingSuffix { $0.isWhitespace }
    }

    private static let mark = "(hidden)"
}

extension String {
    /// The text without the characters at its end that fulfil a condition.
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        String(self[..<(lastIndex { !condition($0) }.map { index(after: $0) } ?? startIndex)])
    }
}
