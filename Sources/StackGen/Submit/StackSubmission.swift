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

    /// The input of the call. `upload` is where the template was put when it does not travel in the call.
    /// - Throws: `WorkflowError` when the bytes are not UTF-8, which CloudFormation cannot take.
    func input(upload: TemplateUpload.Receipt?) throws -> CreateStackInput {
        guard let body = String(validating: template, as: UTF8.self) else {
            throw WorkflowError(.invalidInput, "the evaluated template is not UTF-8; nothing was sent")
        }
        return CreateStackInput(
            stackName: request.stackName,
            templateBody: request.template.delivery == .inline ? body : nil,
            templateURL: request.template.delivery == .s3 ? upload?.url : publishedURL,
            parameters: try parameters,
            capabilities: request.capabilities,
            tags: request.tags.map { StackTag(key: $0.key, value: $0.value) },
            clientRequestToken: request.clientRequestToken,
            onFailure: CreateStackInput.OnFailure(rawValue: request.onFailure),
            timeoutInMinutes: request.timeoutInMinutes,
            enableTerminationProtection: request.enableTerminationProtection,
            roleARN: request.roleARN, notificationARNs: request.notificationARNs)
    }
}
