internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// The main template that AWS publishes, as it was found: its address, its entity tag and its bytes.
///
/// The bucket is that of the region and the stage, or a mirror; the key begins with the template's version
/// (aws/sagemaker-hyperpod-cluster-setup, and what `hyp` submits).
public struct PublishedTemplate: Sendable {
    /// The bucket.
    public let bucket: String
    /// The key.
    public let key: String
    /// The address that CloudFormation reads.
    public let url: String
    /// The version that the key names; `nil` in a mirror that keeps one only.
    public let version: Int?
    /// The entity tag, with its quotes.
    public let eTag: String?
    /// The template.
    public let bytes: [UInt8]

    /// SHA-256 of the bytes.
    var sha256: String { ContentHash.sha256(bytes) }

    /// The file name of the main template.
    static let name = "main-stack-eks-based-template.yaml"

    /// The bucket of a region and a stage.
    static func bucket(region: String, stage: String) -> String {
        "aws-sagemaker-hyperpod-cluster-setup-\(region)-\(stage)"
    }

    /// Checks a document of parameters against those that the template itself declares: a newer version may have
    /// others than stackgen knows.
    /// - Throws: `DiagnosticError` with every parameter that the template does not take.
    func check(_ document: ParameterDocument, of evaluated: EvaluatedTemplate) throws {
        let template = try EvaluatedTemplate(SourceFile(name: url, bytes: bytes))
        let declared = template.entries(of: "Parameters")
        let problems = (evaluated.root["Parameters"]?.mapping ?? []).compactMap { entry -> Diagnostic? in
            guard let parameter = declared.first(where: { $0.name == entry.name })?.value else {
                return HostedRule.unknownParameter.finding(
                    "the template that was found has no parameter `\(entry.name)`", at: entry.key.span,
                    notes: [Diagnostic.Note("it is \(url)")])
            }
            guard let allowed = parameter["AllowedValues"]?.sequence?.compactMap(\.scalar?.text),
                let text = entry.value.scalar?.text, !allowed.contains(text)
            else { return nil }
            return HostedRule.parameterValue.finding(
                "`\(entry.name)` cannot be `\(text)`", at: entry.value.span,
                notes: [Diagnostic.Note("the template that was found takes \(allowed.joined(separator: ", "))")])
        }
        guard problems.isEmpty else { throw DiagnosticError(problems) }
    }
}

/// Looks for the published template.
struct PublishedTemplateFinder {
    let client: AWSClient
    let hosted: HostedConfig
    /// The version that is asked for; `nil` for the newest.
    let version: Int?

    /// After so many versions that are not there, none is looked for any more.
    private static let patience = 3

    private struct Place {
        let bucket: String
        let key: String
        let version: Int?
    }

    /// Finds the template and reads it.
    /// - Throws: `WorkflowError` (`HOST034`) when it is nowhere, `AWSServiceError` when AWS refuses.
    func find() async throws -> PublishedTemplate {
        if let mirror = hosted.stack.customBucketName?.text {
            if let place = try await newest(in: mirror) { return try await read(place) }
            let plain = Place(bucket: mirror, key: "templates/\(PublishedTemplate.name)", version: nil)
            if version == nil, try await exists(plain) { return try await read(plain) }
        }
        // A mirror may hold the nested templates only: the main one then comes from AWS, as with hyp.
        let bucket = PublishedTemplate.bucket(
            region: client.configuration.region.value, stage: hosted.stack.stage.rawValue)
        guard let place = try await newest(in: bucket) else { throw missing(bucket) }
        return try await read(place)
    }

    private func newest(in bucket: String) async throws -> Place? {
        if let version {
            let place = self.place(version, bucket)
            return try await exists(place) ? place : nil
        }
        var newest: Place?
        var misses = 0
        var number = 1
        while misses < (newest == nil ? Self.patience : 1) {
            let place = self.place(number, bucket)
            if try await exists(place) {
                newest = place
                misses = 0
            } else {
                misses += 1
            }
            number += 1
        }
        return newest
    }

    private func place(_ version: Int, _ bucket: String) -> Place {
        Place(bucket: bucket, key: "\(version)/templates/\(PublishedTemplate.name)", version: version)
    }

    /// Without the right to list a bucket, S3 answers 403 for an object that is not there.
    private func exists(_ place: Place) async throws -> Bool {
        do {
            _ = try await client.send(HeadObjectInput(bucket: place.bucket, key: place.key))
            return true
        } catch let error as AWSServiceError where error.status == 404 || error.status == 403 {
            return false
        }
    }

    private func read(_ place: Place) async throws -> PublishedTemplate {
        let object = try await client.send(GetObjectInput(bucket: place.bucket, key: place.key))
        let host = "\(place.bucket).s3.\(client.configuration.region.value).\(client.configuration.partition.dnsSuffix)"
        return PublishedTemplate(
            bucket: place.bucket, key: place.key, url: "https://\(host)/\(place.key)", version: place.version,
            eTag: object.metadata.eTag, bytes: Array(object.body))
    }

    private func missing(_ bucket: String) -> WorkflowError {
        let what = version.map { "version \($0)" } ?? "any version"
        return WorkflowError(
            .preflight,
            HostedRule.notPublished.finding(
                "there is no \(PublishedTemplate.name) of \(what) in s3://\(bucket)", at: nil,
                fix: Diagnostic.Fix(
                    version == nil
                        ? "AWS publishes it for the regions of HyperPod only; name a mirror as `custom_bucket_name`"
                        : "leave --template-version out to take the newest")))
    }
}
