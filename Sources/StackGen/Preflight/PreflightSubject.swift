internal import AWS
internal import Diagnostics
internal import StackSchemas

/// What is checked: the compiled configuration, who asks, and the way to AWS.
struct PreflightSubject: Sendable {
    let compilation: Compilation
    let client: AWSClient
    let host: Host
    let identity: GetCallerIdentityInput.Output
    /// The resource types of the template in the region's registry.
    let types: TypeRegistry
    /// What the stack has already; `nil` for a new one.
    let standing: StandingStack?
    /// Whether CloudFormation takes in what is there under the template's names.
    let importsExisting: Bool

    init(
        compilation: Compilation, client: AWSClient, host: Host, identity: GetCallerIdentityInput.Output,
        standing: StandingStack?, importsExisting: Bool
    ) {
        self.compilation = compilation
        self.client = client
        self.host = host
        self.identity = identity
        self.standing = standing
        self.importsExisting = importsExisting
        types = TypeRegistry(client: client)
    }

    var stack: ClusterStack { compilation.stack }
    var region: String { client.configuration.region.value }

    /// A finding at the line of the configuration that needs it.
    func finding(
        _ rule: PreflightRule, _ message: String, at path: String, severity: Diagnostic.Severity? = nil,
        notes: [String] = [], fix: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity ?? rule.severity, rule.rawValue, message, at: compilation.config.nearestSpan(of: path),
            notes: notes.map { Diagnostic.Note($0) }, fix: fix.map { Diagnostic.Fix($0) })
    }

    /// A note about something that could not be asked.
    func unasked(_ what: String, because reason: String, at path: String? = nil) -> Diagnostic {
        Diagnostic(
            .note, PreflightRule.notAsked.rawValue, what, at: path.flatMap { compilation.config.nearestSpan(of: $0) },
            notes: [Diagnostic.Note(reason)])
    }

    /// Asks about each of many things at a time, and keeps the order. A refusal becomes a note at the thing's line.
    func each<Item: Sendable>(
        _ items: [Item], at path: @Sendable @escaping (Item) -> String,
        _ ask: @Sendable @escaping (Item) async throws -> [Diagnostic]
    ) async throws -> [Diagnostic] {
        var found: [Diagnostic] = []
        for item in items {
            do {
                found += try await ask(item)
            } catch let error as AWSServiceError {
                found.append(unasked("this was not checked", because: error.description, at: path(item)))
            }
        }
        return found
    }

    /// What nodes are asked for.
    var groups: [NodeDemand] {
        NodeDemand.all(of: stack).map { demand in
            var demand = demand
            demand.present = standing?.present(of: demand) ?? 0
            return demand
        }
    }

    /// The existing subnets with their paths.
    var existingSubnets: [(path: String, subnet: VPCSettings.Subnet, id: String)] {
        stack.vpc.subnets.enumerated().compactMap { index, subnet in
            subnet.id.map { ("vpc.subnets[\(index)]", subnet, $0.text) }
        }
    }
}

/// The nodes that one instance group asks for.
struct NodeDemand: Sendable {
    let path: String
    let name: String
    /// In the order of preference, with `ml.` in front.
    let types: [InstanceType]
    let count: Int
    let zone: String?
    /// Whether the capacity has quotas of its own: training plans and spot.
    let hasOwnQuota: Bool
    /// How many of them run already.
    var present = 0

    /// How many come to those that run.
    var added: Int { max(0, count - present) }
    var typePath: String { path + (types.count > 1 ? ".instance_types" : ".instance_type") }
    var facts: InstanceTypeFacts? { types.first?.facts }

    static func all(of stack: ClusterStack) -> [NodeDemand] {
        let ordinary = stack.instanceGroups.enumerated().map { index, group in
            NodeDemand(
                path: "instance_groups[\(index)]", name: group.name.text, types: group.types, count: group.count,
                zone: group.availabilityZone?.text,
                hasOwnQuota: group.trainingPlanARN != nil || group.capacityType == .spot)
        }
        let restricted = stack.restrictedInstanceGroups.enumerated().map { index, group in
            NodeDemand(
                path: "restricted_instance_groups[\(index)]", name: group.name.text, types: [group.instanceType],
                count: group.count, zone: group.availabilityZone?.text, hasOwnQuota: group.trainingPlanARN != nil)
        }
        return ordinary + restricted
    }
}
