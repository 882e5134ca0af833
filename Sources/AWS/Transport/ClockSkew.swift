import Foundation

/// How far the service's clock is ahead of this machine's, learnt from refused signatures.
actor ClockSkew {
    /// A signature is refused from five minutes on; a smaller difference is no reason for one.
    private static let threshold: TimeInterval = 4 * 60
    private(set) var offset: TimeInterval = 0

    /// Takes the service's time from an answer that refused a signature.
    ///
    /// - Returns: true when the offset changed so much that signing again can help.
    func learn(from response: HTTPResponse, code: String, now: Date) -> Bool {
        guard Self.codes.contains(code) else { return false }
        guard let text = response.headers["Date"], let serverTime = Timestamp.parseHTTP(text) else { return false }
        let difference = serverTime.timeIntervalSince(now)
        guard abs(difference - offset) > Self.threshold else { return false }
        offset = difference
        return true
    }

    private static let codes: Set<String> = [
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureException",
        "SignatureDoesNotMatch", "AuthFailure",
    ]
}
