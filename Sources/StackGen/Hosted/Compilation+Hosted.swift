internal import AWS
internal import Diagnostics
internal import StackSchemas
internal import YAML

/// What is different about a hosted stack on its way from the configuration to CloudFormation: parameters are sent
/// with the address of a template that somebody else publishes.
extension Compilation {
    /// How many parameters are sent; `nil` for a template of our own.
    public var parameterCount: Int? {
        config.hosted == nil ? nil : evaluated.root["Parameters"]?.mapping?.count
    }

    /// The same with the published template, where the configuration is one for it.
    /// - Parameter version: the version that is asked for; `nil` for the newest.
    /// - Throws: `WorkflowError` when it cannot be found or read, `DiagnosticError` when it does not take the parameters.
    func withPublishedTemplate(version: Int?, _ connection: ConnectionOptions, _ host: Host) async throws -> Compilation
    {
        guard let hosted = config.hosted else {
            if version == nil { return self }
            throw WorkflowError(.usage, "--template-version is about templates that AWS publishes: kind hosted-stack")
        }
        do {
            let client = try host.connect(connection, configRegion: stack.region.text)
            let found = try await PublishedTemplateFinder(client: client, hosted: hosted, version: version).find()
            try found.check(try ParameterDocument(evaluated), of: evaluated)
            var result = self
            result.published = found
            return result
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw WorkflowError(error)
        }
    }

    /// The template that CloudFormation works with: the published one where parameters are sent for it.
    /// - Throws: `DiagnosticError` when the published one is not one that can be read.
    var submittedTemplate: EvaluatedTemplate {
        get throws {
            guard let published else { return evaluated }
            return try EvaluatedTemplate(SourceFile(name: published.url, bytes: published.bytes))
        }
    }

    /// The tags that the evaluated document gives the stack; `nil` for a template of our own, whose tags are the
    /// configuration's.
    var ownTags: [StackRequest.Tag]? {
        guard config.hosted != nil, let document = try? ParameterDocument(evaluated) else { return nil }
        return document.tags.map { StackRequest.Tag(key: $0.name, value: $0.value) }
    }

    /// How a record names the parameters and the template that they are for; `nil` for a template of our own.
    var parameterReference: StackRequest.TemplateReference? {
        guard config.hosted != nil else { return nil }
        let object = published.map { found in
            StackRequest.ObjectReference(
                bucket: found.bucket, key: found.key, url: found.url, eTag: found.eTag, sha256: found.sha256,
                version: found.version)
        }
        return StackRequest.TemplateReference(
            sha256: ContentHash.sha256(bytes), bytes: bytes.count, delivery: .parameters, object: object)
    }
}

extension StackSubmission {
    /// The parameters of the call, read back from the record; none for a template of our own.
    /// - Throws: `DiagnosticError` when the recorded document is none of parameters.
    var parameters: [StackParameter] {
        get throws {
            guard request.template.delivery == .parameters else { return [] }
            let file = SourceFile(name: request.template.file, bytes: template)
            return try ParameterDocument(try EvaluatedTemplate(file)).parameters.map {
                StackParameter(key: $0.name, value: $0.value)
            }
        }
    }

    /// The address of a template that somebody else publishes; `nil` for a template of our own.
    var publishedURL: String? { request.template.delivery == .parameters ? request.template.object?.url : nil }
}
