/// What differs between versions of Kueue, and what a manager's configuration may say.
public struct KueueOptions: Sendable, Equatable {
    /// Whether weights decide who borrows and who is preempted.
    public var isFairSharing = true
    /// Fair sharing: a preemptor that stays within its nominal quota takes from any borrower (0.17 and newer).
    public var preemptsWithinNominal = true
    /// Fair sharing: entries that do not borrow go first in a cycle (0.17 and newer).
    public var putsNonBorrowingFirst = true
    /// Victims that two entries of a cycle share lead to a second look instead of a skip (0.20).
    public var recomputesOnOverlap = false
    /// Shares are fractions (0.17 and newer) instead of truncated integers.
    public var hasExactShares = true
    /// Waiting messages name the borrowing limit (0.8) instead of the quota that is missing.
    public var namesBorrowingLimit = false
    /// Fair sharing: the rules by which a preemptor may take from another queue, in the order of trying.
    public var strategies = FairSharingRule.allCases

    /// The behaviour of Kueue 0.19, which the add-on v1.6 carries.
    public init() {}

    /// The rules of fair sharing (kubernetes-sigs/kueue: keps/1714-fair-sharing).
    public enum FairSharingRule: String, Sendable, CaseIterable {
        /// The preemptor's share is at most what the target keeps.
        case lessThanOrEqualToFinalShare = "LessThanOrEqualToFinalShare"
        /// The preemptor's share is less than what the target has.
        case lessThanInitialShare = "LessThanInitialShare"
    }

    /// The behaviour of a version of Kueue.
    /// - Parameter version: `0.8` to `0.20`, or a version of the add-on with a `v` in front (`v1.3`).
    /// - Returns: `nil` for a text that names no version.
    public init?(version: String) {
        let parts = version.drop { $0 == "v" }.split(separator: ".")
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix { $0.isNumber }) else {
            return nil
        }
        self.init(minor: major == 0 ? minor : Self.minor(ofAddon: minor))
    }

    private init(minor: Int) {
        self.init()
        preemptsWithinNominal = minor >= 17
        putsNonBorrowingFirst = minor >= 17
        hasExactShares = minor >= 17
        recomputesOnOverlap = minor >= 20
        namesBorrowingLimit = minor <= 8
    }

    /// Kueue inside the add-on v1.x (AWS docs: Troubleshoot task governance).
    private static func minor(ofAddon minor: Int) -> Int {
        switch minor {
        case ...2: 8
        case 3, 4: 12
        case 5: 18
        default: 19
        }
    }
}
