internal import AWS
internal import Diagnostics

/// The bucket of a template that is too long for the call.
extension SubmissionRun {
    /// Where a long template goes.
    struct TemplateBucket {
        let name: String
        let isMissing: Bool
    }

    /// The bucket that the template goes to, or `nil` when it goes into the call. Asks before one is made.
    func templateBucket(_ upload: TemplateUpload) async throws -> TemplateBucket? {
        guard evaluated.file.bytes.count > TemplateLimits.inlineBytes else { return nil }
        let name =
            settings.templateBucket
            ?? TemplateUpload.defaultBucket(account: upload.account, region: settings.region)
        guard try await !upload.exists(name) else { return TemplateBucket(name: name, isMissing: false) }
        let size = evaluated.file.bytes.count
        let question = "The template has \(size) bytes and has to go into a bucket. Create s3://\(name)?"
        guard settings.templateBucket == nil, request.assumesYes || host.confirm?(question) == true else {
            throw WorkflowError(
                .preflight, Self.needsBucket(name, size: size, isOurs: settings.templateBucket == nil))
        }
        return TemplateBucket(name: name, isMissing: true)
    }

    private static func needsBucket(_ name: String, size: Int, isOurs: Bool) -> Diagnostic {
        ProjectRule.bucketNeedsConsent.error(
            "the template has \(size) bytes, more than the \(TemplateLimits.inlineBytes) that fit into the call, "
                + "and the bucket `\(name)` does not exist",
            fix: isOurs
                ? "pass --yes to create it, or name a bucket of yours as `template_bucket`"
                : "create the bucket, or leave `template_bucket` out to use stackgen's own")
    }

    /// Puts the template and keeps the receipt; `nil` when it goes into the call.
    func put(
        _ bucket: TemplateBucket?, _ upload: TemplateUpload, _ record: RunFolder
    ) async throws -> TemplateUpload.Receipt? {
        guard let bucket else { return nil }
        if bucket.isMissing {
            try await upload.create(bucket.name)
            progress(.bucketCreated(bucket.name))
        }
        // The recorded bytes travel, not the ones in memory.
        let submission = try StackSubmission(record)
        let receipt = try await upload.put(
            submission.template, bucket: bucket.name, sha256: submission.request.template.sha256)
        try record.add(
            RunFile.upload, try RecordJSON.bytes(receipt), state: RunManifest.State("uploaded", at: host.timestamp()))
        progress(.uploaded(url: receipt.url))
        return receipt
    }
}
