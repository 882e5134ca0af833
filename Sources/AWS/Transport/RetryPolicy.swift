public import Foundation

/// When and after what wait a failed attempt is repeated: the standard mode of the AWS SDKs.
///
/// Waits are drawn evenly from zero to `baseDelay` · 2^(attempt − 1), at most `maximumDelay` (full jitter);
/// what the service asks for in `Retry-After` is the least. When no connection could be made, the wait is drawn
/// from the upper half of that range. Source: "Retry behavior", AWS SDKs and Tools Reference Guide.
public struct RetryPolicy: Sendable, Equatable {
    /// What a failure means for another attempt.
    public enum Verdict: Sendable, Equatable {
        /// The service asked for fewer requests; it did not act on this one.
        case throttled
        /// A failure that may pass; the service may have acted.
        case transient
        /// The attempt timed out; the service may have acted.
        case timedOut
        /// Nothing was sent, or it was refused before anything was done.
        case notSent
        /// Another attempt would end the same way.
        case permanent
    }

    /// How often a call is tried at most, 1 or more.
    public var maximumAttempts: Int
    /// The greatest first wait.
    public var baseDelay: Duration
    /// The greatest wait.
    public var maximumDelay: Duration
    /// The longest `Retry-After` that is kept; a longer one ends the call.
    public var maximumRetryAfter: Duration
    /// How long one call may take with all of its attempts and waits, in seconds.
    public var callDeadline: TimeInterval

    /// Makes a policy.
    public init(
        maximumAttempts: Int = 3, baseDelay: Duration = .seconds(1), maximumDelay: Duration = .seconds(20),
        maximumRetryAfter: Duration = .seconds(60), callDeadline: TimeInterval = 300
    ) {
        self.maximumAttempts = max(1, maximumAttempts)
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.maximumRetryAfter = maximumRetryAfter
        self.callDeadline = callDeadline
    }

    /// What a service's error means.
    public func verdict(on error: AWSServiceError) -> Verdict {
        if Self.throttlingCodes.contains(error.code) || error.status == 429 { return .throttled }
        if Self.transientCodes.contains(error.code) || [500, 502, 503, 504].contains(error.status) {
            return .transient
        }
        return .permanent
    }

    /// What a failure of the connection means.
    public func verdict(on error: TransportError) -> Verdict {
        guard error.isTransient else { return .permanent }
        if error.isBeforeSending { return .notSent }
        return error.kind == .timedOut ? .timedOut : .transient
    }

    /// The wait before the next attempt.
    ///
    /// - Parameters:
    ///   - attempt: how many attempts were made, 1 or more.
    ///   - random: a number from 0 up to 1.
    ///   - retryAfter: what the service asked for.
    /// - Returns: nil when the service asked for more than is kept.
    public func delay(after attempt: Int, random: Double, retryAfter: Duration?) -> Duration? {
        if let retryAfter, retryAfter > maximumRetryAfter { return nil }
        let exponential = min(maximumDelay, baseDelay * Double(1 << min(attempt - 1, 16)))
        return max(exponential * random, retryAfter ?? .zero)
    }

    /// Source: `ThrottledRetryableChecker` of botocore.
    private static let throttlingCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
        "EC2ThrottledException",
    ]

    /// Source: `TransientRetryableChecker` of botocore.
    private static let transientCodes: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "InternalServerError",
        "ServiceUnavailable", "IDPCommunicationError",
    ]
}
