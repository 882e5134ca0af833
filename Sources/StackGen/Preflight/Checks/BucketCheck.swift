internal import AWS
internal import Diagnostics
internal import StackSchemas
internal import YAML

extension PreflightCheck {
    /// The buckets that the configuration names.
    static let buckets = PreflightCheck(name: "buckets") { subject in
        try await subject.each(subject.namedBuckets, at: { $0.path }) { named in
            do {
                let region = try await subject.client.send(HeadBucketInput(bucket: named.bucket)).region
                return region.map { subject.judge(named, isIn: $0) } ?? []
            } catch let error as AWSServiceError where error.status == 404 {
                return [subject.finding(.bucket, "there is no bucket `\(named.bucket)`", at: named.path)]
            } catch let error as AWSServiceError where error.bucketRegion != nil && error.status != 403 {
                return error.bucketRegion.map { subject.judge(named, isIn: $0) } ?? []
            } catch let error as AWSServiceError where error.status == 403 {
                return [
                    subject.finding(
                        .bucket, "the bucket `\(named.bucket)` is there, but `\(subject.identity.arn)` may not list it",
                        at: named.path, severity: .warning,
                        notes: ["it may belong to another account; the nodes' own role may still read it"])
                ]
            }
        }
    }

    /// The hosted template that the Helm chart's nested stack comes from, at the address that is submitted.
    static let helmChart = PreflightCheck(name: "hosted templates") { subject in
        try await subject.each(subject.hostedTemplates, at: { _ in "helm" }) { hosted in
            do {
                _ = try await subject.client.send(HeadObjectInput(bucket: hosted.bucket, key: hosted.key))
                return []
            } catch let error as AWSServiceError where error.status == 404 {
                return [
                    subject.finding(
                        .hostedTemplate, "there is no template `\(hosted.key)` in the bucket `\(hosted.bucket)`",
                        at: "helm.bucket", notes: ["AWS publishes it in a bucket for each region"],
                        fix: "write helm.install: false and install the chart yourself, or name a bucket that has it")
                ]
            }
        }
    }
}

extension PreflightSubject {
    /// A bucket with its place.
    struct NamedBucket: Sendable {
        let path: String
        let bucket: String
        /// Whether the service that reads it demands its own region.
        var mustBeInRegion = false
    }

    /// Every existing bucket of the configuration; each once.
    fileprivate var namedBuckets: [NamedBucket] {
        let single: [(String, String?)] = [
            ("template_bucket", stack.templateBucket?.text), ("lifecycle.bucket", stack.lifecycle.bucket?.text),
            ("lifecycle.s3_uri", stack.lifecycle.s3URI?.bucket),
            ("restricted_environment.input_bucket", stack.restrictedEnvironment?.inputBucket?.text),
            ("restricted_environment.output_bucket", stack.restrictedEnvironment?.outputBucket?.text),
        ]
        let groups = stack.instanceGroups.enumerated().map {
            ("instance_groups[\($0)].lifecycle_s3_uri", $1.lifecycleS3URI?.bucket)
        }
        let data = (stack.fsx?.dataRepositoryAssociations ?? []).enumerated().map {
            NamedBucket(
                path: "fsx.data_repository_associations[\($0)].s3_uri", bucket: $1.s3URI.bucket, mustBeInRegion: true)
        }
        var seen: Set<String> = []
        return (data + (single + groups).compactMap { path, name in name.map { NamedBucket(path: path, bucket: $0) } })
            .filter { seen.insert($0.bucket).inserted }
    }

    fileprivate func judge(_ named: NamedBucket, isIn bucketRegion: String) -> [Diagnostic] {
        guard bucketRegion != region else { return [] }
        return [
            finding(
                .bucket, "the bucket `\(named.bucket)` is in \(bucketRegion), not in \(region)", at: named.path,
                severity: named.mustBeInRegion ? .error : .warning)
        ]
    }

    /// The templates of nested stacks, read back from the evaluated template.
    fileprivate var hostedTemplates: [(bucket: String, key: String)] {
        let reader = TemplateText(
            region: region, account: identity.account, partition: client.configuration.partition)
        return compilation.evaluated.resources.filter { $0.type == "AWS::CloudFormation::Stack" }.compactMap {
            resource in
            guard let text = reader.text(resource.body["Properties"]?["TemplateURL"]), let url = HTTPURL(text) else {
                return nil
            }
            guard let end = url.host.firstRange(of: ".s3.") else { return nil }
            return (String(url.host[..<end.lowerBound]), String(url.path.dropFirst()))
        }
    }
}
