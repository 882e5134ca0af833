/// What of a machine pods can ask for; the rest is reserved for the node (aws/sagemaker-hyperpod-cli:
/// src/sagemaker/hyperpod/training/quota_allocation_util.py).
extension InstanceTypeFacts {
    /// Cores that pods can ask for.
    public var usableVCPUs: Int {
        var reserved = 0.1
        for core in 1...max(1, vcpus) {
            reserved += core == 1 ? 0.30 : (core == 2 ? 0.15 : (core <= 4 ? 0.10 : 0.06))
        }
        return max(0, Int((Double(vcpus) - reserved).rounded(.down)))
    }

    /// GiB that pods can ask for.
    public var usableMemoryGiB: Int {
        var (reserved, rest) = (0.5, memoryGiB)
        for (size, part) in [(4.0, 0.30), (4, 0.25), (8, 0.20), (112, 0.17), (Double.infinity, 0.07)] {
            let taken = min(size, rest)
            reserved += taken * part
            rest -= taken
        }
        return max(0, Int((memoryGiB - reserved).rounded(.down)))
    }
}
