internal import AWS
internal import Foundation

/// The call that a run record describes, read back from the record: what is sent is what is written there.
struct StackSubmission {
    let request: StackRequest
    let template: [UInt8]

    /// Reads a record.
    /// - Throws: `WorkflowError` when the template's bytes are not those that the request names.
    init(_ record: RunFolder) throws {
        request = try record.request()
        template = try record.read(request.template.file)
        let hash = ContentHash.sha256(template)
        guard hash == request.template.sha256 else {
            throw WorkflowError(
                .machine,
                "\(record.name)/\(request.template.file) has changed since it was recorded; nothing was sent",
                advice: ["stackgen verify \(record.url.path)"])
        }
    }

    /// How the template travels in a call.
    private struct Delivery {
        let body: String?
        let url: String?
    }

    /// - Throws: `WorkflowError` when the bytes are not UTF-8, which CloudFormation cannot take.
    private func delivery(_ upload: TemplateUpload.Receipt?) throws -> Delivery {
        guard let body = String(validating: template, as: UTF8.self) else {
            throw WorkflowError(.invalidInput, "the evaluated template is not UTF-8; nothing was sent")
        }
        switch request.template.delivery {
        case .inline: return Delivery(body: body, url: nil)
        case .s3: return Delivery(body: nil, url: upload?.url ?? request.template.object?.url)
        case .parameters: return Delivery(body: nil, url: publishedURL)
        }
    }

    private var tags: [StackTag] { request.tags.map { StackTag(key: $0.key, value: $0.value) } }

    private var rollback: RollbackConfiguration? {
        request.rollback.map {
            RollbackConfiguration(alarmARNs: $0.alarmARNs, monitoringMinutes: $0.monitoringMinutes)
        }
    }

    /// The direct creation. `upload` is where the template was put when it does not travel in the call.
    /// - Throws: `WorkflowError` when the bytes are not UTF-8, which CloudFormation cannot take.
    func creation(upload: TemplateUpload.Receipt?) throws -> CreateStackInput {
        let delivery = try delivery(upload)
        return CreateStackInput(
            stackName: request.stackName, templateBody: delivery.body, templateURL: delivery.url,
            parameters: try parameters, capabilities: request.capabilities, tags: tags,
            clientRequestToken: request.clientRequestToken,
            onFailure: CreateStackInput.OnFailure(rawValue: request.onFailure),
            timeoutInMinutes: request.timeoutInMinutes,
            enableTerminationProtection: request.enableTerminationProtection,
            roleARN: request.roleARN, notificationARNs: request.notificationARNs,
            stackPolicyBody: request.stackPolicy, rollbackConfiguration: rollback)
    }

    /// The direct update.
    /// - Throws: as `creation`.
    func update(upload: TemplateUpload.Receipt?) throws -> UpdateStackInput {
        let delivery = try delivery(upload)
        var input = UpdateStackInput(stackName: request.stackName)
        input.templateBody = delivery.body
        input.templateURL = delivery.url
        input.parameters = try parameters
        input.capabilities = request.capabilities
        input.tags = tags
        input.clientRequestToken = request.clientRequestToken
        input.roleARN = request.roleARN
        input.notificationARNs = request.notificationARNs
        input.rollbackConfiguration = rollback
        input.stackPolicyBody = request.stackPolicy
        return input
    }

    /// The change set.
    /// - Parameter types: the type of every resource of the template, for those that are imported.
    /// - Throws: as `creation`.
    func changeSet(upload: TemplateUpload.Receipt?, types: [String: String]) throws -> CreateChangeSetInput {
        let delivery = try delivery(upload)
        let kind = request.changeSetType.flatMap(CreateChangeSetInput.Kind.init(rawValue:)) ?? .update
        var input = CreateChangeSetInput(
            stackName: request.stackName, changeSetName: request.changeSetName ?? request.clientRequestToken,
            kind: kind)
        input.templateBody = delivery.body
        input.templateURL = delivery.url
        input.parameters = try parameters
        input.capabilities = request.capabilities
        input.tags = tags
        input.clientToken = request.clientRequestToken
        if kind == .create { input.onStackFailure = CreateStackInput.OnFailure(rawValue: request.onFailure) }
        input.roleARN = request.roleARN
        input.notificationARNs = request.notificationARNs
        input.rollbackConfiguration = rollback
        input.importsExistingResources = request.importExistingResources
        input.resourcesToImport = (request.resourcesToImport ?? []).map {
            CreateChangeSetInput.ResourceToImport(
                resourceType: types[$0.logicalID] ?? "", logicalResourceID: $0.logicalID, identifier: $0.identifier)
        }
        return input
    }
}
