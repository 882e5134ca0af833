internal import AWS
internal import StackSchemas

/// What holds on a cluster now: its policy, its quotas and, where kubectl can look, its queues.
public enum ShowPolicy {
    /// The whole of it.
    public struct Report: Codable, Sendable {
        /// The HyperPod cluster.
        public var cluster: String
        /// Its ARN.
        public var clusterARN: String
        /// The EKS cluster under it.
        public var eksCluster: String
        /// The Kubernetes version.
        public var kubernetesVersion: String?
        /// The add-on's version and state; nil where it is not installed.
        public var addon: Part?
        /// The policy; nil where there is none.
        public var policy: Part?
        /// Classes of work with their weights, the highest first.
        public var priorityClasses: [PriorityClass]
        /// Whether idle capacity is lent by weight.
        public var fairShare: Bool
        /// Whether capacity that no team owns is lent.
        public var idleResourceSharing: Bool
        /// The teams by name.
        public var teams: [Team]
        /// Whether the queues could be looked at.
        public var hasUsage: Bool
        /// The same as a configuration.
        public var config: String

        enum CodingKeys: String, CodingKey {
            case cluster
            case clusterARN = "cluster_arn"
            case eksCluster = "eks_cluster"
            case kubernetesVersion = "kubernetes_version"
            case addon, policy
            case priorityClasses = "priority_classes"
            case fairShare = "fair_share"
            case idleResourceSharing = "idle_resource_sharing"
            case teams
            case hasUsage = "has_usage"
            case config
        }
    }

    /// Something with a name and a state.
    public struct Part: Codable, Sendable {
        /// The name, or the version of an add-on.
        public var name: String
        /// The state as the service spells it.
        public var status: String
    }

    /// A class of work.
    public struct PriorityClass: Codable, Sendable {
        /// The name.
        public var name: String
        /// 0 to 100.
        public var weight: Int
    }

    /// A team.
    public struct Team: Codable, Sendable {
        /// The name.
        public var name: String
        /// The namespace.
        public var namespace: String
        /// The state of its quota.
        public var status: String
        /// What it owns, in words.
        public var quota: [String]
        /// `Lend`, `DontLend` or `LendAndBorrow`.
        public var strategy: String
        /// In percent; nil where it does not borrow.
        public var borrowLimitPercent: Int?
        /// Its weight.
        public var fairShareWeight: Int
        /// Whether it may submit work.
        public var isActive: Bool
        /// What its queue holds; empty where nobody could look.
        public var usage: [QueueUsage]

        enum CodingKeys: String, CodingKey {
            case name, namespace, status, quota, strategy
            case borrowLimitPercent = "borrow_limit_percent"
            case fairShareWeight = "fair_share_weight"
            case isActive = "is_active"
            case usage
        }
    }

    /// Asks.
    /// - Parameter cluster: name or ARN; nil takes the only one of the region.
    /// - Throws: `WorkflowError`.
    public static func run(
        cluster: String?, _ connection: ConnectionOptions, configRegion: String? = nil, host: Host
    ) async throws -> Report {
        do {
            let client = try host.connect(connection, configRegion: configRegion)
            let name = try await ClusterChoice.choose(cluster, client)
            let live = try await LivePolicy.read(cluster: name, eksCluster: nil, client)
            let queues = await KubectlProbe(host: host).clusterQueues(of: live.eks)
            return report(live, queues.map(QueueUsage.read), region: client.configuration.region.value)
        } catch {
            throw WorkflowError(error)
        }
    }

    private static func report(_ live: LivePolicy, _ usage: [String: [QueueUsage]]?, region: String) -> Report {
        let policy = live.policies.first
        let scheduler = policy?.schedulerConfig ?? SchedulerConfiguration()
        return Report(
            cluster: live.cluster.clusterName ?? "", clusterARN: live.cluster.clusterArn, eksCluster: live.eks.name,
            kubernetesVersion: live.eks.version,
            addon: live.addon.map { Part(name: $0.addonVersion ?? $0.addonName, status: $0.status ?? "") },
            policy: policy.map { Part(name: $0.name, status: $0.status.rawValue) },
            priorityClasses: (scheduler.priorityClasses ?? [])
                .sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
                .map { PriorityClass(name: $0.name, weight: $0.weight) },
            fairShare: scheduler.fairShare != "Disabled",
            idleResourceSharing: scheduler.idleResourceSharing == "Enabled",
            teams: live.quotas.map { team($0, usage) }.sorted { $0.name < $1.name }, hasUsage: usage != nil,
            config: live.text(region: region).text)
    }

    private static func team(_ quota: ComputeQuota, _ usage: [String: [QueueUsage]]?) -> Team {
        let name = quota.computeQuotaTarget.teamName
        let sharing = quota.computeQuotaConfig?.resourceSharingConfig
        let strategy = sharing?.strategy ?? "LendAndBorrow"
        return Team(
            name: name, namespace: "hyperpod-ns-\(name)", status: quota.status.rawValue,
            quota: PolicyDifferences.sentences(quota.computeQuotaConfig?.computeQuotaResources ?? []),
            strategy: strategy,
            borrowLimitPercent: strategy == "LendAndBorrow" ? sharing?.borrowLimit ?? 50 : nil,
            fairShareWeight: quota.computeQuotaTarget.fairShareWeight ?? 0,
            isActive: quota.activationState != "Disabled",
            usage: usage?["hyperpod-ns-\(name)-clusterqueue"] ?? [])
    }
}

extension LivePolicy {
    /// What is there as a configuration. The policy's name gives the prefix, where it has the form that stackgen
    /// gives it.
    func text(region: String) -> PolicyText {
        let policy = policies.first
        let suffix = "-scheduler"
        let given = policy?.name.hasSuffix(suffix) == true ? String(policy?.name.dropLast(suffix.count) ?? "") : nil
        return PolicyText(
            name: given ?? cluster.clusterName ?? "ml-cluster", region: region,
            cluster: cluster.clusterName ?? cluster.clusterArn, capacity: capacity,
            scheduler: policy?.schedulerConfig ?? SchedulerConfiguration(), description: policy?.description,
            quotas: quotas.map {
                PolicyText.Quota(
                    team: $0.computeQuotaTarget.teamName, description: $0.description,
                    config: $0.computeQuotaConfig ?? ComputeQuotaConfiguration(),
                    weight: $0.computeQuotaTarget.fairShareWeight ?? 0, isActive: $0.activationState != "Disabled")
            })
    }
}
