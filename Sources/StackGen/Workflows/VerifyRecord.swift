public import Foundation
internal import StackSchemas

/// Checks a run record against its own manifest.
public enum VerifyRecord {
    /// What was found.
    public struct Report: Codable, Sendable {
        /// The record's name.
        public let run: String
        /// The stack's name.
        public let stackName: String
        /// The last state passed.
        public let state: String
        /// What does not agree; empty when the record is as it was written.
        public let discrepancies: [String]

        private enum CodingKeys: String, CodingKey {
            case run
            case stackName = "stack_name"
            case state, discrepancies
        }

        /// The report for a person.
        public var text: String {
            guard discrepancies.isEmpty else {
                return discrepancies.map { "✗ \($0)\n" }.joined()
            }
            return "\(run): every file is as recorded; stack \(stackName), last state \(state)\n"
        }
    }

    /// Checks a record.
    /// - Throws: `WorkflowError` when the folder is no record.
    public static func run(_ url: URL) throws -> Report {
        let record = RunFolder(url: url)
        guard let manifest = try? record.manifest(), let subject = subject(of: record, manifest) else {
            throw WorkflowError(.invalidInput, "`\(url.path)` is no run record: it has no manifest that can be read")
        }
        return Report(
            run: manifest.run, stackName: subject, state: manifest.states.last?.name ?? "recorded",
            discrepancies: try record.discrepancies())
    }

    /// The stack, or the cluster of a policy, that a record is about.
    private static func subject(of record: RunFolder, _ manifest: RunManifest) -> String? {
        if manifest.kind == ManifestsRecord.kind { return ManifestsRecord.subject(of: record) }
        guard manifest.kind == StackKind.taskGovernance.name else { return try? record.request().stackName }
        let request = try? RecordJSON.decode(PolicyRecord.Request.self, from: try record.read(RunFile.request))
        return request?.cluster
    }
}
