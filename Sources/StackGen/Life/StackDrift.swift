public import AWS
internal import Foundation

/// Compares what is there with what the template says, by CloudFormation's own drift detection.
public enum StackDrift {
    /// What was found.
    public struct Report: Codable, Sendable, Equatable {
        /// The stack's name.
        public var stackName: String
        /// `IN_SYNC`, `DRIFTED`, `UNKNOWN` or `NOT_CHECKED`.
        public var status: String
        /// What CloudFormation could not look at, in its words.
        public var reason: String?
        /// The resources that differ or are gone, by module of the template.
        public var modules: [Module]
        /// The number of resources that were compared.
        public var checkedCount: Int
        /// The resources of types that CloudFormation cannot compare.
        public var uncheckedIDs: [String]

        private enum CodingKeys: String, CodingKey {
            case stackName = "stack_name"
            case status, reason, modules
            case checkedCount = "checked_count"
            case uncheckedIDs = "unchecked_ids"
        }

        /// Whether anything differs.
        public var isDrifted: Bool { !modules.isEmpty || status == "DRIFTED" }
    }

    /// The resources of one module that differ.
    public struct Module: Codable, Sendable, Equatable {
        /// The module's name.
        public var name: String
        /// Its resources.
        public var resources: [ResourceDrift]
    }

    /// Has CloudFormation compare, and reads what it found.
    /// - Throws: `WorkflowError`; `.timedOut` when CloudFormation is not done in time.
    public static func detect(
        _ stack: StackReference, host: Host, timeout: Duration = .seconds(1800)
    ) async throws -> Report {
        try await WorkflowError.wrapping {
            let client = try stack.connect(host)
            let found = try await stack.own(client)
            let status = try await detection(found, client, host, timeout)
            let drifts = try await client.resourceDrifts(of: found.id)
            let map = TemplateMap(deployed: try await client.send(GetTemplateInput(stackName: found.id)))
            return report(found, status, drifts, map)
        }
    }

    private static func detection(
        _ stack: Stack, _ client: AWSClient, _ host: Host, _ timeout: Duration
    ) async throws -> DescribeStackDriftDetectionStatusInput.Output {
        let id = try await client.send(DetectStackDriftInput(stackName: stack.id))
        let interval = host.pollInterval(client)
        var waited = Duration.zero
        while true {
            let status = try await client.send(DescribeStackDriftDetectionStatusInput(detectionID: id))
            if status.detectionStatus == "DETECTION_COMPLETE" { return status }
            // A detection that failed for some resources has still compared the others.
            if status.detectionStatus == "DETECTION_FAILED" {
                guard status.stackDriftStatus != nil else {
                    throw WorkflowError(
                        .service, "CloudFormation could not compare the stack: \(status.reason ?? "no reason given")")
                }
                return status
            }
            guard waited < timeout else {
                throw WorkflowError(.timedOut, "CloudFormation is still comparing the stack \(stack.name)")
            }
            try await host.pacing.sleep(interval)
            waited += interval
        }
    }

    private static func report(
        _ stack: Stack, _ status: DescribeStackDriftDetectionStatusInput.Output, _ drifts: [ResourceDrift],
        _ map: TemplateMap?
    ) -> Report {
        let differing = drifts.filter { ["MODIFIED", "DELETED"].contains($0.status) }
        let byModule = Dictionary(grouping: differing) {
            map?.modules[$0.logicalResourceID] ?? TemplateMap.withoutModule
        }
        let order = (map?.moduleOrder ?? []) + [TemplateMap.withoutModule]
        let modules = order.compactMap { name in
            byModule[name].map { drifts in
                Module(name: name, resources: drifts.sorted { $0.logicalResourceID < $1.logicalResourceID })
            }
        }
        let compared = Set(drifts.filter { $0.status != "NOT_CHECKED" }.map(\.logicalResourceID))
        return Report(
            stackName: stack.name, status: status.stackDriftStatus ?? "UNKNOWN", reason: status.reason,
            modules: modules, checkedCount: compared.count,
            uncheckedIDs: (map?.logicalIDs ?? []).filter { !compared.contains($0) })
    }
}
