/// What a cluster policy says: classes of work, and how idle capacity is shared.
///
/// Source: SageMaker API, `SchedulerConfig`.
public struct SchedulerConfiguration: Sendable, Equatable, Codable {
    /// At most 10 classes of work.
    public var priorityClasses: [PriorityClass]?
    /// `Enabled` or `Disabled`; SageMaker takes `Enabled` when absent.
    public var fairShare: String?
    /// `Enabled` or `Disabled`; SageMaker takes `Disabled` when absent.
    public var idleResourceSharing: String?

    /// A class of work.
    public struct PriorityClass: Sendable, Equatable, Codable {
        /// The name; the Kubernetes object is called `<name>-priority`.
        public var name: String
        /// 0 to 100; the higher goes first.
        public var weight: Int

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case weight = "Weight"
        }

        /// Makes a class.
        public init(name: String, weight: Int) {
            self.name = name
            self.weight = weight
        }
    }

    enum CodingKeys: String, CodingKey {
        case priorityClasses = "PriorityClasses"
        case fairShare = "FairShare"
        case idleResourceSharing = "IdleResourceSharing"
    }

    /// Makes a policy.
    public init(priorityClasses: [PriorityClass]? = nil, fairShare: String? = nil, idleResourceSharing: String? = nil) {
        self.priorityClasses = priorityClasses
        self.fairShare = fairShare
        self.idleResourceSharing = idleResourceSharing
    }
}
