internal import AWS
internal import StackSchemas

/// What goes with a stack, in which order, what stays, and what CloudFormation would stumble over.
public struct DeletionPlan: Codable, Sendable, Equatable {
    /// A resource that goes.
    public struct Deletion: Codable, Sendable, Equatable {
        /// When it goes: those of one step go at the same time, after those of the steps before.
        public var step: Int
        /// Its name in the template.
        public var logicalID: String
        /// Its type.
        public var type: String
        /// What AWS calls it.
        public var physicalID: String?
        /// Whether it holds data that goes too.
        public var holdsData: Bool

        private enum CodingKeys: String, CodingKey {
            case step
            case logicalID = "logical_id"
            case type
            case physicalID = "physical_id"
            case holdsData = "holds_data"
        }
    }

    /// A resource that stays, belongs to nobody then, and still costs what it costs.
    public struct Retention: Codable, Sendable, Equatable {
        /// Its name in the template.
        public var logicalID: String
        /// Its type.
        public var type: String
        /// What AWS calls it.
        public var physicalID: String?
        /// Why it stays: its deletion policy, or that the caller wants it.
        public var reason: String

        private enum CodingKeys: String, CodingKey {
            case logicalID = "logical_id"
            case type
            case physicalID = "physical_id"
            case reason
        }
    }

    /// A bucket that goes and is not empty.
    public struct FullBucket: Codable, Sendable, Equatable {
        /// Its name in the template.
        public var logicalID: String
        /// The bucket.
        public var bucket: String
        /// How many versions and delete markers are in it that the stack does not remove itself.
        public var versions: Int
        /// Some of their keys.
        public var examples: [String]

        private enum CodingKeys: String, CodingKey {
            case logicalID = "logical_id"
            case bucket, versions, examples
        }
    }

    /// A policy or a quota of the stack's cluster that the stack did not make; SageMaker deletes no cluster that has one.
    public struct Attachment: Codable, Sendable, Equatable {
        /// `quota` or `policy`.
        public var subject: String
        /// Its name.
        public var name: String
        /// Its id.
        public var id: String
        /// The cluster that has it.
        public var clusterARN: String

        private enum CodingKeys: String, CodingKey {
            case subject, name, id
            case clusterARN = "cluster_arn"
        }
    }

    /// The stack's name.
    public var stackName: String
    /// The stack's ARN.
    public var stackID: String
    /// The stack's status.
    public var status: String
    /// Quotas, then policies, that go first.
    public var attachments: [Attachment] = []
    /// What goes, in the order in which it goes.
    public var deletions: [Deletion]
    /// What stays.
    public var retentions: [Retention]
    /// The buckets that keep the deletion from coming to its end.
    public var fullBuckets: [FullBucket]
    /// What could not be found out.
    public var notes: [String]

    private enum CodingKeys: String, CodingKey {
        case stackName = "stack_name"
        case stackID = "stack_id"
        case status, attachments, deletions, retentions
        case fullBuckets = "full_buckets"
        case notes
    }
}

extension DeletionPlan {
    /// Asks a stack what is in it.
    /// - Parameter retained: resources that the caller wants to stay, by logical id.
    static func make(_ stack: Stack, retaining retained: [String], _ client: AWSClient) async throws -> DeletionPlan {
        let resources = try await client.stackResources(of: stack.id)
            .filter { !["DELETE_COMPLETE", "DELETE_SKIPPED"].contains($0.resourceStatus) }
        // A stack that never came to be anything has no template either.
        let map =
            resources.isEmpty
            ? nil : TemplateMap(deployed: try await client.send(GetTemplateInput(stackName: stack.id)))
        var plan = DeletionPlan(stack, resources, retained: retained, map: map)
        for bucket in plan.deletions where bucket.type == "AWS::S3::Bucket" {
            guard let name = bucket.physicalID else { continue }
            do {
                let own = map.map { ownPrefixes(of: bucket.logicalID, $0) } ?? []
                let full = try await fullBucket(bucket.logicalID, name, own: own, client)
                if full.versions > 0 { plan.fullBuckets.append(full) }
            } catch let error as AWSServiceError where error.status == 404 {
                continue
            } catch let error as AWSServiceError {
                plan.notes.append("what is in the bucket \(name) could not be looked at: \(error.code)")
            }
        }
        for cluster in plan.deletions where cluster.type == "AWS::SageMaker::Cluster" {
            guard let arn = cluster.physicalID else { continue }
            let own = Set(resources.compactMap { $0.physicalResourceID?.split(separator: "/").last.map(String.init) })
            do {
                plan.attachments += try await attachments(of: arn, client).filter { !own.contains($0.id) }
            } catch let error as AWSServiceError {
                plan.notes.append("policy and quotas of \(cluster.logicalID) could not be looked at: \(error.code)")
            }
        }
        return plan
    }

    /// Orders resources as CloudFormation deletes them: what nothing refers to any more.
    init(_ stack: Stack, _ resources: [StackResource], retained: [String], map: TemplateMap?) {
        stackName = stack.name
        stackID = stack.id
        status = stack.status.rawValue
        fullBuckets = []
        notes = map == nil && !resources.isEmpty ? ["the template cannot be read, so the order is not known"] : []
        let steps = Self.steps(of: resources.map(\.logicalResourceID), map)
        func reason(_ id: String) -> String? {
            if retained.contains(id) { return "--retain" }
            return map?.retained.contains(id) == true ? "its deletion policy" : nil
        }
        retentions = resources.compactMap { resource in
            reason(resource.logicalResourceID).map {
                Retention(
                    logicalID: resource.logicalResourceID, type: resource.resourceType,
                    physicalID: resource.physicalResourceID, reason: $0)
            }
        }.sorted { $0.logicalID < $1.logicalID }
        deletions = resources.filter { reason($0.logicalResourceID) == nil }.map { resource in
            Deletion(
                step: steps[resource.logicalResourceID] ?? 1, logicalID: resource.logicalResourceID,
                type: resource.resourceType, physicalID: resource.physicalResourceID,
                holdsData: ChangeReport.statefulTypes.contains(resource.resourceType))
        }.sorted { ($0.step, $0.logicalID) < ($1.step, $1.logicalID) }
    }

    /// The step of each resource: one after the last of those that refer to it.
    private static func steps(of ids: [String], _ map: TemplateMap?) -> [String: Int] {
        guard let map else { return [:] }
        let present = Set(ids)
        var dependents: [String: [String]] = [:]
        for id in ids {
            for target in map.edges[id] ?? [] where present.contains(target) {
                dependents[target, default: []].append(id)
            }
        }
        var steps: [String: Int] = [:]
        // A verified template has no cycle; one of another origin that had one would not have been deployed.
        func step(_ id: String, _ path: Set<String>) -> Int {
            if let known = steps[id] { return known }
            guard !path.contains(id) else { return 1 }
            let before = (dependents[id] ?? []).map { step($0, path.union([id])) }.max() ?? 0
            steps[id] = before + 1
            return before + 1
        }
        for id in ids { _ = step(id, []) }
        return steps
    }

    // MARK: - Buckets

    /// The prefixes of objects that a custom resource of the stack put into a bucket and removes itself.
    private static func ownPrefixes(of bucket: String, _ map: TemplateMap) -> [String] {
        map.logicalIDs.filter {
            map.types[$0]?.hasPrefix("Custom::") == true && map.edges[$0]?.contains(bucket) == true
        }
        .flatMap { map.scalars(of: $0).filter { $0.contains("/") && !$0.contains(" ") && !$0.hasPrefix("/") } }
    }

    private static func fullBucket(
        _ logicalID: String, _ bucket: String, own: [String], _ client: AWSClient
    ) async throws -> FullBucket {
        var full = FullBucket(logicalID: logicalID, bucket: bucket, versions: 0, examples: [])
        try await client.objectVersions(in: bucket) { versions in
            let foreign = versions.filter { version in !own.contains { version.key.hasPrefix($0 + "/") } }
            full.versions += foreign.count
            for version in foreign where full.examples.count < 3 && !full.examples.contains(version.key) {
                full.examples.append(version.key)
            }
        }
        return full
    }

    /// Takes everything out of a bucket: the first page again and again, until there is none.
    static func empty(_ bucket: String, _ client: AWSClient) async throws {
        var last: [ListObjectVersionsInput.ObjectVersion] = []
        while true {
            let versions = try await client.send(ListObjectVersionsInput(bucket: bucket)).versions
            guard !versions.isEmpty else { return }
            let answer = try await client.send(DeleteObjectsInput(bucket: bucket, versions: versions))
            guard answer.errors.isEmpty, versions != last else {
                throw WorkflowError(
                    .service,
                    "the bucket \(bucket) could not be emptied: \(answer.errors.first ?? "its objects stay")",
                    advice: ["nothing of the stack was deleted"])
            }
            last = versions
        }
    }
}
