internal import AWS

/// Finds the stacks that stackgen made: those with its tag.
public enum Stacks {
    /// A stack in one line.
    public struct Summary: Codable, Sendable, Equatable {
        /// The stack's name.
        public var name: String
        /// The stack's ARN.
        public var id: String
        /// The status, in CloudFormation's words.
        public var status: String
        /// The kind that it was made from.
        public var kind: String
        /// The version of the kind's schema.
        public var schemaVersion: String
        /// When it was made, ISO 8601.
        public var createdAt: String

        private enum CodingKeys: String, CodingKey {
            case name, id, status, kind
            case schemaVersion = "schema_version"
            case createdAt = "created_at"
        }

        init(_ stack: Stack) {
            func tag(_ key: String) -> String { stack.tags.first { $0.key == key }?.value ?? "" }
            name = stack.name
            id = stack.id
            status = stack.status.rawValue
            kind = tag(StackTags.kind)
            schemaVersion = tag(StackTags.schemaVersion)
            createdAt = stack.creationTime
        }
    }

    /// A stack with what is in it.
    public struct Description: Codable, Sendable, Equatable {
        /// The stack in one line.
        public var summary: Summary
        /// Why it is in its status.
        public var statusReason: String?
        /// SHA-256 of the configuration it was made from; `nil` once it was updated.
        public var configSHA256: String?
        /// SHA-256 of the template it was made from.
        public var templateSHA256: String?
        /// The tags, by key.
        public var tags: [String: String]
        /// Whether deleting it is refused.
        public var isTerminationProtected: Bool
        /// The role that CloudFormation works as; `nil` for the caller.
        public var roleARN: String?
        /// The outputs, by name.
        public var outputs: [Output]
        /// The resources.
        public var resources: [Resource]
        /// Why it failed, where it did.
        public var firstCause: FirstCause?

        private enum CodingKeys: String, CodingKey {
            case summary
            case statusReason = "status_reason"
            case configSHA256 = "config_sha256"
            case templateSHA256 = "template_sha256"
            case tags
            case isTerminationProtected = "is_termination_protected"
            case roleARN = "role_arn"
            case outputs, resources
            case firstCause = "first_cause"
        }
    }

    /// An output of a stack.
    public struct Output: Codable, Sendable, Equatable {
        /// Its name.
        public var key: String
        /// Its value.
        public var value: String
        /// What it is.
        public var description: String?
    }

    /// A resource of a stack.
    public struct Resource: Codable, Sendable, Equatable {
        /// Its name in the template.
        public var logicalID: String
        /// Its type.
        public var type: String
        /// Its status.
        public var status: String
        /// What AWS calls it.
        public var physicalID: String?

        private enum CodingKeys: String, CodingKey {
            case logicalID = "logical_id"
            case type, status
            case physicalID = "physical_id"
        }
    }

    /// Which stacks are listed.
    public struct Filter: Sendable, Equatable {
        /// A part of the name; `nil` for any.
        public var name: String?
        /// The kind that they were made from; `nil` for any.
        public var kind: String?
        /// Words of CloudFormation's status, such as `CREATE_COMPLETE` or `failed`: one of them has to be in it.
        public var statuses: [String] = []
        /// Tags that they have, each as `key=value`, or as `key` for any value.
        public var tags: [String] = []

        /// All stacks.
        public init() {}

        func takes(_ stack: Stack) -> Bool {
            let has = Set(stack.tags.flatMap { [$0.key, "\($0.key)=\($0.value)"] })
            return name.map { stack.name.contains($0) } ?? true
                && kind.map { has.contains("\(StackTags.kind)=\($0)") } ?? true
                && (statuses.isEmpty || statuses.contains { stack.status.rawValue.contains($0.uppercased()) })
                && tags.allSatisfy(has.contains)
        }
    }

    /// The stacks of a region that stackgen made, by name. Nested stacks are part of their root.
    /// - Throws: `WorkflowError`.
    public static func list(
        _ connection: ConnectionOptions, filter: Filter = Filter(), host: Host
    ) async throws -> [Summary] {
        do {
            let client = try host.connect(connection)
            return try await client.stacks()
                .filter { $0.rootID == nil && isOurs($0) && filter.takes($0) }
                .map(Summary.init)
                .sorted { $0.name < $1.name }
        } catch {
            throw WorkflowError(error)
        }
    }

    /// A stack with its outputs and resources.
    /// - Parameter configRegion: the region of the configuration that names the stack, where there is one.
    /// - Throws: `WorkflowError`, also when the stack was not made by stackgen.
    public static func describe(
        _ nameOrID: String, _ connection: ConnectionOptions, configRegion: String? = nil, host: Host
    ) async throws -> Description {
        do {
            let client = try host.connect(connection, configRegion: configRegion)
            let stack = try await own(nameOrID, client)
            let resources = try await client.stackResources(of: stack.id)
            let events = stack.status.isFailure ? try await client.stackEvents(of: stack.id) : []
            let template =
                stack.lastUpdatedTime == nil ? nil : try await client.send(GetTemplateInput(stackName: stack.id))
            return describe(
                stack, resources, events, templateSHA256: template.map { ContentHash.sha256(Array($0.utf8)) })
        } catch {
            throw WorkflowError(error)
        }
    }

    private static func describe(
        _ stack: Stack, _ resources: [StackResource], _ events: [StackEvent], templateSHA256: String?
    ) -> Description {
        func tag(_ key: String) -> String? { stack.tags.first { $0.key == key }?.value }
        return Description(
            summary: Summary(stack), statusReason: stack.statusReason,
            configSHA256: stack.lastUpdatedTime == nil ? tag(StackTags.configHash) : nil,
            templateSHA256: templateSHA256 ?? tag(StackTags.templateHash),
            tags: Dictionary(stack.tags.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }),
            isTerminationProtected: stack.isTerminationProtected, roleARN: stack.roleARN,
            outputs: stack.outputs.map { Output(key: $0.key, value: $0.value, description: $0.description) }
                .sorted { $0.key < $1.key },
            resources: resources.map {
                Resource(
                    logicalID: $0.logicalResourceID, type: $0.resourceType, status: $0.resourceStatus,
                    physicalID: $0.physicalResourceID)
            }.sorted { $0.logicalID < $1.logicalID },
            firstCause: FirstCause(of: events))
    }

    static func isOurs(_ stack: Stack) -> Bool {
        stack.tags.contains { $0.key == StackTags.kind }
    }

    /// A stack that is there and ours.
    static func own(_ nameOrID: String, _ client: AWSClient) async throws -> Stack {
        guard let stack = try await client.stack(nameOrID) else {
            throw WorkflowError(
                .preflight, "there is no stack `\(nameOrID)` in \(client.configuration.region.value)",
                advice: ["stackgen list shows the stacks of a region"])
        }
        guard isOurs(stack) else { throw foreign(stack) }
        return stack
    }

    /// A stack that another tool made is left alone.
    static func foreign(_ stack: Stack) -> WorkflowError {
        WorkflowError(
            .preflight,
            ProjectRule.foreignStack.error(
                "the stack `\(stack.name)` has no tag `\(StackTags.kind)`: stackgen did not make it",
                fix:
                    "`stackgen adopt` takes over a stack that a configuration describes; otherwise use the tool that made it"
            ))
    }
}
