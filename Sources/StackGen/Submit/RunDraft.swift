internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// Everything that a run record is made of, before it is written.
struct RunDraft {
    let operation: Submission.Operation
    let usesChangeSet: Bool
    /// Resources that are there already and become part of the stack.
    let imports: [ImportedResource]
    /// Whether resources that are there under a name that the template writes out become part of the stack.
    let importsExisting: Bool
    /// The stack that is there; `nil` for a new one.
    let deployed: DeployedOptions?
    let compilation: Compilation
    let settings: SubmissionSettings
    let account: String?
    let callerARN: String?
    /// The address of CloudFormation; `nil` in a dry run.
    let endpoint: String?
    /// The bucket that the template goes to when it is too long for the call.
    let bucket: String?
    /// The address of the template in that bucket.
    let templateURL: String?

    /// The hash that names the record: over what was read, evaluated and asked for, without time and caller.
    var contentSHA256: String {
        get throws {
            try RunContent(sources: sourceFiles.mapValues { ContentHash.sha256($0) }, request: request(token: ""))
                .sha256
        }
    }

    /// The files of the record.
    /// - Parameters:
    ///   - name: the record's name.
    ///   - recordedAt: the moment; `nil` in a reproducible record.
    ///   - git: the state of the configuration's repository.
    /// - Throws: `EncodingError` when something cannot be written as JSON.
    func files(name: String, recordedAt: String?, git: GitState?) throws -> [String: [UInt8]] {
        let content = try contentSHA256
        let token = RunContent.token(record: name, content: content)
        var files = sourceFiles
        files[RunFile.request] = try RecordJSON.bytes(request(token: token))
        let manifest = RunManifest(
            run: name, recordedAt: recordedAt, tool: .init(version: StackGenVersion.current), kind: settings.kind,
            schemaVersion: settings.schemaVersion,
            template: .init(
                origin: compilation.template.origin.rawValue,
                sha256: ContentHash.sha256(compilation.template.entry.bytes),
                isUnchanged: compilation.template.isUnchanged),
            contentSHA256: content, files: files.mapValues { RunManifest.File($0) }, git: git, callerARN: callerARN,
            silenced: compilation.config.silenced.map { .init(id: $0.id, reason: $0.reason, line: $0.line) },
            states: [.init("recorded", at: recordedAt)])
        files[RunFile.manifest] = try RecordJSON.bytes(manifest)
        return files
    }

    private var sourceFiles: [String: [UInt8]] {
        var files = compilation.template.partials.mapValues(\.bytes)
        files[RunFile.config] = compilation.configFile.bytes
        files[RunFile.template] = compilation.template.entry.bytes
        files[RunFile.evaluatedTemplate] = compilation.bytes
        if let published = compilation.published { files[RunFile.publishedTemplate] = published.bytes }
        if let script = compilation.script { files[RunFile.lifecycleScript] = script.bytes }
        return files
    }

    private func request(token: String) -> StackRequest {
        let bytes = compilation.bytes
        let hash = ContentHash.sha256(bytes)
        let isInline = bytes.count <= TemplateLimits.inlineBytes
        let object = StackRequest.ObjectReference(
            bucket: bucket, key: TemplateUpload.key(sha256: hash), url: templateURL)
        return StackRequest(
            operation: operationName, changeSetType: changeSetType, changeSetName: usesChangeSet ? token : nil,
            resourcesToImport: imports.isEmpty ? nil : imports,
            importExistingResources: importsExisting ? true : nil, region: settings.region, account: account,
            endpoint: endpoint, stackName: settings.name,
            capabilities: compilation.capabilities, tags: tags(templateHash: hash), clientRequestToken: token,
            onFailure: settings.onFailure, timeoutInMinutes: settings.timeoutInMinutes,
            enableTerminationProtection: settings.isTerminationProtected, roleARN: settings.roleARN,
            notificationARNs: settings.notificationARNs,
            rollback: settings.rollback ?? deployed?.clearedRollback, stackPolicy: settings.stackPolicy,
            template: compilation.parameterReference
                ?? StackRequest.TemplateReference(
                    sha256: hash, bytes: bytes.count, delivery: isInline ? .inline : .s3,
                    object: isInline ? nil : object))
    }

    private var operationName: String {
        if usesChangeSet { return CreateChangeSetInput.name }
        return operation == .create ? CreateStackInput.name : UpdateStackInput.name
    }

    private var changeSetType: String? {
        guard usesChangeSet else { return nil }
        guard imports.isEmpty else { return CreateChangeSetInput.Kind.resourceImport.rawValue }
        return (operation == .create ? CreateChangeSetInput.Kind.create : .update).rawValue
    }

    /// CloudFormation hands a stack's tags on to every resource. An update keeps those of stackgen as they are, so
    /// that it touches nothing but what changes.
    private func tags(templateHash: String) -> [StackRequest.Tag] {
        if let own = deployed?.ownTags { return (settings.tags + own).sorted { $0.key < $1.key } }
        let own = [
            StackRequest.Tag(key: StackTags.kind, value: settings.kind),
            StackRequest.Tag(key: StackTags.version, value: StackGenVersion.current),
            StackRequest.Tag(key: StackTags.schemaVersion, value: settings.schemaVersion),
            StackRequest.Tag(key: StackTags.configHash, value: ContentHash.sha256(compilation.configFile.bytes)),
            StackRequest.Tag(key: StackTags.templateHash, value: templateHash),
        ]
        return ((compilation.ownTags ?? settings.tags) + own).sorted { $0.key < $1.key }
    }
}
