/// How long AWS usually takes to make the resources that take minutes.
///
/// Source: field reports and READMEs of public HyperPod stacks: EKS with its add-ons about 15 minutes, FSx for Lustre
/// 6 to 10, the Helm chart about 5, a HyperPod cluster 10 to 25 without deep health checks.
public enum UsualDurations {
    /// From the quick case to the slow one, in seconds.
    public static func creation(of type: String) -> ClosedRange<Int>? { creations[type] }

    private static let creations: [String: ClosedRange<Int>] = [
        "AWS::EKS::Cluster": 600...900,
        "AWS::FSx::FileSystem": 360...600,
        "AWS::FSx::DataRepositoryAssociation": 30...60,
        "AWS::CloudFormation::Stack": 300...300,
        "AWS::SageMaker::Cluster": 600...1500,
    ]

    /// How long a set of resources takes when each begins as soon as what it waits for is there: the longest way.
    /// - Parameters:
    ///   - durations: the resources that are made, with their durations in seconds.
    ///   - edges: for a resource, those that it waits for.
    static func longestWay(_ durations: [String: ClosedRange<Int>], edges: [String: [String]]) -> ClosedRange<Int>? {
        guard !durations.isEmpty else { return nil }
        var finished: [String: (low: Int, high: Int)] = [:]
        var open = Set<String>()
        func end(of name: String) -> (low: Int, high: Int) {
            if let known = finished[name] { return known }
            // A circle is refused before; here it only must not be walked for ever.
            guard open.insert(name).inserted else { return (0, 0) }
            let before = (edges[name] ?? []).map(end)
            let own = durations[name]
            let result = (
                low: (before.map(\.low).max() ?? 0) + (own?.lowerBound ?? 0),
                high: (before.map(\.high).max() ?? 0) + (own?.upperBound ?? 0)
            )
            finished[name] = result
            return result
        }
        let ends = durations.keys.sorted().map(end)
        return (ends.map(\.low).max() ?? 0)...(ends.map(\.high).max() ?? 0)
    }

    /// `about 6 to 10 min`, as a person says it.
    public static func words(_ range: ClosedRange<Int>) -> String {
        func minutes(_ seconds: Int) -> Int { (seconds + 59) / 60 }
        let (low, high) = (minutes(range.lowerBound), minutes(range.upperBound))
        return low == high ? "about \(high) min" : "about \(low) to \(high) min"
    }
}
