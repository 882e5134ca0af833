internal import AWS

/// Policy and quotas that were applied to a stack's cluster through the APIs.
extension DeletionPlan {
    /// The quotas of a cluster, then its policies: a policy that quotas stand on cannot be deleted.
    static func attachments(of arn: String, _ client: AWSClient) async throws -> [Attachment] {
        // A cluster of Slurm has neither, and SageMaker refuses to list what cannot be.
        let quotas = try await client.computeQuotas(ofCluster: arn).filter { $0.status.rawValue != "Deleted" }
        let policies = try await client.schedulerPolicies(ofCluster: arn).filter { $0.status.rawValue != "Deleted" }
        return quotas.map { Attachment(subject: "quota", name: $0.name, id: $0.id, clusterARN: arn) }
            + policies.map { Attachment(subject: "policy", name: $0.name, id: $0.id, clusterARN: arn) }
    }

    /// Deletes them in their order, each until it is gone.
    /// - Parameter pause: waits between two looks; throws when the time is over.
    func deleteAttachments(_ client: AWSClient, pause: (String) async throws -> Void) async throws {
        for attachment in attachments {
            do {
                if attachment.subject == "quota" {
                    _ = try await client.send(DeleteComputeQuotaInput(computeQuotaId: attachment.id))
                } else {
                    _ = try await client.send(
                        DeleteClusterSchedulerConfigInput(clusterSchedulerConfigId: attachment.id))
                }
            } catch let error as AWSServiceError where error.isNotFound {
                continue
            }
            while let status = try await status(of: attachment, client) {
                guard !status.rawValue.hasSuffix("Failed") else {
                    throw WorkflowError(
                        .service, "the \(attachment.subject) `\(attachment.name)` ended in \(status.rawValue)",
                        advice: ["nothing of the stack was deleted; run the command again"])
                }
                try await pause("the \(attachment.subject) `\(attachment.name)` is \(status.rawValue)")
            }
        }
    }

    /// The status of a policy or a quota; nil once it is gone.
    private func status(of attachment: Attachment, _ client: AWSClient) async throws -> GovernanceStatus? {
        let arn = attachment.clusterARN
        let status =
            attachment.subject == "quota"
            ? try await client.computeQuotas(ofCluster: arn).first { $0.id == attachment.id }?.status
            : try await client.schedulerPolicies(ofCluster: arn).first { $0.id == attachment.id }?.status
        return status?.rawValue == "Deleted" ? nil : status
    }
}
