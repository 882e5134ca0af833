internal import AWS
internal import Diagnostics
internal import StackSchemas
internal import YAML

/// What a stack that is to be changed has already: an update needs only what it adds to that, and what the stack made
/// itself is in nobody's way.
struct StandingStack: Sendable {
    /// Nodes that run for one instance group.
    struct NodeGroup: Sendable {
        /// The type, with `ml.` in front; `nil` for a group of several.
        let type: String?
        let count: Int
        /// Whether the capacity has quotas of its own: training plans and spot.
        let hasOwnQuota: Bool
    }

    let name: String
    /// The resources that are there, by their names in the template.
    let resources: [String: StackResource]
    /// What the new template does to those that it adds, changes or drops.
    let actions: [String: ChangeReport.Action]
    /// The nodes that run, by group; none where the cluster is made anew.
    let nodeGroups: [String: NodeGroup]
    /// Why the stack could not be read; everything then counts as being there.
    let unreadable: String?

    /// Reads a stack. A refusal is kept as `unreadable`.
    /// - Throws: what reaching AWS throws.
    init(_ stack: Stack, _ compilation: Compilation, _ client: AWSClient) async throws {
        name = stack.name
        var resources: [String: StackResource] = [:]
        var actions: [String: ChangeReport.Action] = [:]
        var nodeGroups: [String: NodeGroup] = [:]
        var unreadable: String?
        do {
            let text = try await client.send(GetTemplateInput(stackName: stack.id))
            let deployed = try? EvaluatedTemplate(SourceFile(name: "the deployed template", text: text))
            let found = try await client.stackResources(of: stack.id).filter(\.isThere)
            resources = Dictionary(found.map { ($0.logicalResourceID, $0) }, uniquingKeysWith: { $1 })
            actions = Self.actions(compilation, deployed, resources)
            nodeGroups = try await Self.nodeGroups(resources, compilation, deployed, client)
        } catch let error as AWSServiceError {
            unreadable = error.description
        }
        self.resources = resources
        self.actions = actions
        self.nodeGroups = nodeGroups
        self.unreadable = unreadable
    }

    /// Whether the stack has a resource of this name and type.
    func has(_ logicalID: String, _ type: String) -> Bool {
        unreadable != nil || resources[logicalID]?.resourceType == type
    }

    /// What AWS calls the stack's resources of a type.
    func physicalIDs(ofType type: String) -> [String] {
        resources.values.filter { $0.resourceType == type }.compactMap(\.physicalResourceID)
    }

    /// How many of a group's nodes run already.
    func present(of demand: NodeDemand) -> Int {
        guard unreadable == nil else { return demand.count }
        guard let group = nodeGroups[demand.name] else { return 0 }
        // Nodes of another type are replaced by new ones.
        if let type = group.type, !demand.types.contains(where: { $0.text == type }) { return 0 }
        return group.count
    }

    /// The nodes of a type that count against its quota, over all groups.
    func nodes(ofType type: String) -> Int {
        nodeGroups.values.filter { $0.type == type && !$0.hasOwnQuota }.map(\.count).reduce(0, +)
    }

    // MARK: - Reading

    private static func actions(
        _ compilation: Compilation, _ deployed: EvaluatedTemplate?, _ resources: [String: StackResource]
    ) -> [String: ChangeReport.Action] {
        guard let deployed else {
            // Without the old template everything that is there may change.
            return Dictionary(
                compilation.evaluated.resources.map { ($0.logicalID, resources[$0.logicalID] == nil ? .add : .modify) },
                uniquingKeysWith: { $1 })
        }
        let comparison = TemplateComparison(old: deployed, new: compilation.evaluated, config: compilation.config)
        return Dictionary(
            comparison.report(stackName: "").changes.map { ($0.logicalID, $0.action) }, uniquingKeysWith: { $1 })
    }

    private static func nodeGroups(
        _ resources: [String: StackResource], _ compilation: Compilation, _ deployed: EvaluatedTemplate?,
        _ client: AWSClient
    ) async throws -> [String: NodeGroup] {
        let cluster = resources.values.first { $0.resourceType == clusterType }
        guard let cluster, let id = cluster.physicalResourceID else { return [:] }
        let declared = deployed?.resources.first { $0.logicalID == cluster.logicalResourceID }
        let wanted = compilation.evaluated.resources.first { $0.logicalID == cluster.logicalResourceID }
        // Under another name a cluster of its own comes to be, before the old one goes.
        let names = [declared, wanted].map { $0?.body["Properties"]?["ClusterName"]?.scalar?.text }
        guard names[0] == names[1] || declared == nil else { return [:] }
        do {
            return try await client.send(DescribeHyperPodClusterInput(clusterName: id)).nodeGroups
        } catch let error as AWSServiceError where error.isAccessDenied {
            return declared.map(nodeGroups(declaredBy:)) ?? [:]
        }
    }

    /// The groups as the deployed template has them, for a caller who may not ask the cluster.
    private static func nodeGroups(declaredBy resource: EvaluatedTemplate.Resource) -> [String: NodeGroup] {
        let lists = ["InstanceGroups", "RestrictedInstanceGroups"].compactMap {
            resource.body["Properties"]?[$0]?.sequence
        }
        let groups = lists.joined().compactMap { group -> (String, NodeGroup)? in
            func text(_ key: String) -> String? { group[key]?.scalar?.text }
            guard let name = text("InstanceGroupName"), let count = text("InstanceCount").flatMap({ Int($0) }) else {
                return nil
            }
            let isSpot = group["CapacityRequirements"]?["Spot"] != nil
            return (
                name,
                NodeGroup(
                    type: text("InstanceType"), count: count, hasOwnQuota: isSpot || text("TrainingPlanArn") != nil)
            )
        }
        return Dictionary(groups, uniquingKeysWith: { $1 })
    }

    private static let clusterType = "AWS::SageMaker::Cluster"
}

extension StackResource {
    /// Whether AWS has it.
    fileprivate var isThere: Bool {
        physicalResourceID?.isEmpty == false && !["DELETE_COMPLETE", "DELETE_SKIPPED"].contains(resourceStatus)
    }
}

extension DescribeHyperPodClusterInput.Output {
    /// Every group, restricted ones too.
    var allGroups: [DescribeHyperPodClusterInput.InstanceGroup] {
        (instanceGroups ?? []) + (restrictedInstanceGroups ?? [])
    }

    fileprivate var nodeGroups: [String: StandingStack.NodeGroup] {
        let groups = allGroups.compactMap { group in
            group.instanceGroupName.map { name in
                (
                    name,
                    StandingStack.NodeGroup(
                        type: group.instanceType, count: group.nodeCount, hasOwnQuota: group.hasOwnQuota)
                )
            }
        }
        return Dictionary(groups, uniquingKeysWith: { $1 })
    }
}

extension DescribeHyperPodClusterInput.InstanceGroup {
    /// The nodes that are there or on their way.
    var nodeCount: Int { max(currentCount ?? 0, targetCount ?? 0) }

    /// Whether the capacity has quotas of its own: training plans and spot.
    var hasOwnQuota: Bool { trainingPlanArn != nil || capacityRequirements?.spot != nil }
}
