/// The table of contents of a run record, `manifest.json`: who ran what, from which sources, and the hash of
/// every file beside it. It is written anew, atomically, whenever a file is added.
public struct RunManifest: Codable, Sendable, Equatable {
    /// The version of this form.
    public var formatVersion = 1
    /// The record's name: the folder's name, except for reference runs.
    public var run: String
    /// When the record was written (UTC, ISO 8601); `nil` in a reproducible record.
    public var recordedAt: String?
    /// The tool that wrote it.
    public var tool: Tool
    /// The kind of thing that was provisioned.
    public var kind: String
    /// The version of the kind's schema.
    public var schemaVersion: String
    /// Where the template came from.
    public var template: Template
    /// SHA-256 over the hashes of configuration, template, evaluated template and request.
    public var contentSHA256: String
    /// Every other file of the record by name.
    public var files: [String: File]
    /// The state of the repository that holds the configuration; `nil` outside a repository.
    public var git: GitState?
    /// The ARN of the caller; `nil` when nobody was asked.
    public var callerARN: String?
    /// The rules that the configuration silenced, with the reasons it gives.
    public var silenced: [Silenced]
    /// The states passed, in order.
    public var states: [State]

    private enum CodingKeys: String, CodingKey {
        case formatVersion = "format_version"
        case run
        case recordedAt = "recorded_at"
        case tool, kind
        case schemaVersion = "schema_version"
        case template
        case contentSHA256 = "content_sha256"
        case files, git
        case callerARN = "caller_arn"
        case silenced, states
    }

    /// A rule that was silenced at a place of the configuration.
    public struct Silenced: Codable, Sendable, Equatable {
        /// The rule's id.
        public var id: String
        /// Why, in the configuration's words.
        public var reason: String
        /// The line of `config.yaml` that says so, from 1.
        public var line: Int
    }

    /// The tool and its version.
    public struct Tool: Codable, Sendable, Equatable {
        /// Always `stackgen`.
        public var name = "stackgen"
        /// The version, as `stackgen --version` prints it.
        public var version: String
    }

    /// The template's origin.
    public struct Template: Codable, Sendable, Equatable {
        /// `embedded` for the one in the binary, `directory` for the person's own.
        public var origin: String
        /// SHA-256 of its source.
        public var sha256: String
        /// Whether it is, byte for byte, the one in the binary.
        public var isUnchanged: Bool

        private enum CodingKeys: String, CodingKey {
            case origin, sha256
            case isUnchanged = "is_unchanged"
        }
    }

    /// A file of the record.
    public struct File: Codable, Sendable, Equatable {
        /// SHA-256 of the contents, in hexadecimal.
        public var sha256: String
        /// The length in bytes.
        public var bytes: Int

        /// Describes contents.
        public init(_ contents: [UInt8]) {
            sha256 = ContentHash.sha256(contents)
            bytes = contents.count
        }
    }

    /// A state that the run passed.
    public struct State: Codable, Sendable, Equatable {
        /// `recorded`, `submitted`, then the stack's last status.
        public var name: String
        /// When (UTC, ISO 8601); `nil` in a reproducible record.
        public var at: String?

        /// A state passed at a time.
        public init(_ name: String, at: String?) {
            self.name = name
            self.at = at
        }
    }
}
