/// A store of tokens that all calls of a client share, so that a service in trouble is not asked three times
/// as often: a retry takes tokens, a success gives some back, and without tokens there is no retry.
///
/// The figures are those of the standard retry mode of the AWS SDKs.
public actor RetryBudget {
    private static let capacity = 500
    private static let retryCost = 5
    private static let timeoutCost = 10
    private var available = capacity

    /// Makes a full budget.
    public init() {}

    /// Takes the tokens for one retry.
    ///
    /// - Returns: how many were taken; nil when there are not enough.
    func take(for verdict: RetryPolicy.Verdict) -> Int? {
        let cost = verdict == .timedOut ? Self.timeoutCost : Self.retryCost
        guard available >= cost else { return nil }
        available -= cost
        return cost
    }

    /// Gives tokens back after a success: what the call's last retry took, or one when there was none.
    func giveBack(_ taken: Int?) {
        available = min(Self.capacity, available + (taken ?? 1))
    }
}
