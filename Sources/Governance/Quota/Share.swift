/// How much more than its quota a node uses, as a part of what its cohort could lend: the dominant resource share.
///
/// The largest over all resources of `1000 · borrowed / lendable`, divided by the weight. A node of weight 0 that
/// borrows has an infinite share (kubernetes-sigs/kueue: pkg/cache/scheduler/fair_sharing.go).
struct Share: Equatable {
    /// The share before it is divided by the weight.
    var unweighted = 0.0
    var weight = 1.0
    var isBorrowing = false
    var isExact = true

    /// Less than any share.
    static let least = Share(unweighted: -1)

    var isZero: Bool { unweighted == 0 }
    var isInfinite: Bool { weight == 0 && isBorrowing }

    /// The share; infinite for a borrower of weight 0.
    var value: Double {
        if isInfinite { return .infinity }
        if unweighted == 0 { return 0 }
        if isExact || unweighted < 0 { return unweighted / weight }
        return max(1, (unweighted / weight).rounded(.down))
    }

    /// Below 0 where the first share is smaller. Two infinite shares are told apart by what they are unweighted.
    static func compare(_ first: Share, _ second: Share) -> Int {
        if first.isInfinite, second.isInfinite {
            guard first.isExact else { return 0 }
            return first.unweighted < second.unweighted ? -1 : (first.unweighted > second.unweighted ? 1 : 0)
        }
        let (one, other) = (first.value, second.value)
        return one < other ? -1 : (one > other ? 1 : 0)
    }
}

extension QuotaTree {
    /// The share of a node with what it uses now, less what is taken from it.
    func share(_ node: Int, _ table: PairTable, isExact: Bool, without taken: [Use] = []) -> Share {
        var share = Share(weight: weights[node], isExact: isExact)
        let parent = parents[node]
        guard parent >= 0 else { return share }
        let base = node * width
        for (resource, pairs) in table.pairsOfResource.enumerated() {
            var borrowed: Int64 = 0
            for pair in pairs where isDefined[base + pair] {
                var used = usage[base + pair]
                for use in taken where Int(use.pair) == pair { used -= use.amount }
                borrowed += max(0, used - subtree[base + pair])
            }
            guard borrowed > 0 else { continue }
            share.isBorrowing = true
            let lendable = lendable[parent][resource]
            guard lendable > 0 else { continue }
            let ratio = Double(borrowed) * 1000 / lendable
            // With whole numbers a borrower's share never shows as nothing.
            share.unweighted = max(
                share.unweighted, isExact ? ratio : max(.leastNonzeroMagnitude, ratio.rounded(.down)))
        }
        return share
    }
}
