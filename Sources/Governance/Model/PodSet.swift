/// What a job asks for: groups of equal pods, admitted all or none.
public struct JobShape: Sendable, Hashable {
    /// The groups.
    public var podSets: [PodSet]

    /// A shape of groups.
    public init(_ podSets: [PodSet]) { self.podSets = podSets }

    /// A shape of one group.
    public init(count: Int, requests: [PodSet.Request]) {
        podSets = [PodSet(count: count, requests: requests)]
    }
}

/// Equal pods of a job.
public struct PodSet: Sendable, Hashable {
    /// The name; Kueue calls the only one `main`.
    public var name: String
    /// The number of pods.
    public var count: Int
    /// What all pods ask for together, in the order of the resources' names.
    public var requests: [Request]

    /// A pod set.
    /// - Parameters:
    ///   - count: the number of pods.
    ///   - requests: what ALL of them ask for together.
    public init(name: String = "main", count: Int = 1, requests: [Request]) {
        self.name = name
        self.count = count
        self.requests = requests.sorted { $0.resource < $1.resource }
    }

    /// An amount of a resource.
    public struct Request: Sendable, Hashable {
        /// The resource.
        public var resource: String
        /// The amount for all pods together.
        public var amount: Int64
        /// The only flavor that will do (a node selector); `nil` for any.
        public var flavor: String?

        /// An amount of a resource.
        public init(_ resource: String, _ amount: Int64, flavor: String? = nil) {
            self.resource = resource
            self.amount = amount
            self.flavor = flavor
        }
    }
}
