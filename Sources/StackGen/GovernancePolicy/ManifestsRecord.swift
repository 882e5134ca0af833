internal import AWS
internal import Foundation

/// The files of a run record that holds the objects of teams:
///
///     run/20261121T093000Z-1f2e3d4c/
///         manifests.yaml  request.json  manifest.json
///
/// `kubectl apply -f` takes `manifests.yaml`.
enum ManifestsRecord {
    /// The kind that the record's table of contents says.
    static let kind = "team-manifests"
    /// The objects.
    static let documents = "manifests.yaml"

    /// What the objects were made of, as it stands in `request.json`.
    struct Request: Codable, Sendable, Equatable {
        var formatVersion = 1
        var operation = "WriteTeamManifests"
        var stackName: String
        var stackARN: String?
        var region: String
        var endpoint: String?
        var teams: [String]
        var claimName: String
        var storageGiB: Int
        /// The stack's outputs that were read.
        var outputs: [String: String]

        enum CodingKeys: String, CodingKey {
            case formatVersion = "format_version"
            case operation
            case stackName = "stack_name"
            case stackARN = "stack_arn"
            case region, endpoint, teams
            case claimName = "claim_name"
            case storageGiB = "storage_gib"
            case outputs
        }
    }

    /// Writes a record below a folder.
    /// - Throws: `WorkflowError` (`RUN004`) when it cannot be written.
    static func write(_ text: String, _ request: Request, below parent: URL, host: Host) throws -> RunFolder {
        var files = [documents: Array(text.utf8), RunFile.request: try RecordJSON.bytes(request)]
        let content = contentSHA256(files.mapValues { ContentHash.sha256($0) })
        let now = host.timestamp()
        let stem = now.filter { $0 != "-" && $0 != ":" } + "-" + content.prefix(8)
        var (name, number) = (stem, 1)
        while FileManager.default.fileExists(atPath: parent.appendingPathComponent(name).path) {
            number += 1
            name = "\(stem)-\(number)"
        }
        let path = host.environment.variable("PATH") ?? "/usr/bin:/bin"
        let manifest = RunManifest(
            run: name, recordedAt: now, tool: .init(version: StackGenVersion.current), kind: kind,
            schemaVersion: "1.0",
            template: .init(origin: "embedded", sha256: ContentHash.sha256(files[documents] ?? []), isUnchanged: true),
            contentSHA256: content, files: files.mapValues { RunManifest.File($0) },
            git: GitState.read(of: parent.deletingLastPathComponent().path, searchPath: path), callerARN: nil,
            silenced: [], states: [.init("recorded", at: now)])
        files[RunFile.manifest] = try RecordJSON.bytes(manifest)
        return try RunFolder.write(files, to: parent.appendingPathComponent(name))
    }

    /// What does not follow from the files of a record.
    static func discrepancies(_ manifest: RunManifest) -> [String] {
        let content = contentSHA256(manifest.files.mapValues(\.sha256))
        return content == manifest.contentSHA256
            ? [] : ["\(RunFile.manifest): content_sha256 does not follow from the files"]
    }

    /// The stack that a record is about.
    static func subject(of record: RunFolder) -> String? {
        (try? RecordJSON.decode(Request.self, from: try record.read(RunFile.request)))?.stackName
    }

    private static func contentSHA256(_ files: [String: String]) -> String {
        ContentHash.sha256(files.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n"))
    }
}
