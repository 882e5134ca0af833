/// Problems in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS Standard, 27 March 2020).
///
/// One run with the rules that were broken, a result for every problem, related places, and the fixes as edits.
/// Columns count Unicode scalars, and the log says so.
public struct SARIFLog: Encodable, Sendable {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    /// Makes a log.
    /// - Parameters:
    ///   - entries: the problems, in the order of the results.
    ///   - rules: every rule there is; those that an entry names go into the log.
    ///   - tool: the name of the program.
    ///   - toolVersion: its version.
    public init(
        _ entries: [DiagnosticReport.Entry], rules: [RuleDescription], tool: String, toolVersion: String
    ) {
        let used = Set(entries.map(\.id))
        var described = Set<String>()
        var broken = rules.filter { used.contains($0.id) && described.insert($0.id).inserted }
        // A result may only point at a rule that is in the log.
        for entry in entries where described.insert(entry.id).inserted {
            broken.append(RuleDescription(id: entry.id, severity: entry.severity, summary: entry.message))
        }
        broken.sort { $0.id < $1.id }
        let positions = Dictionary(
            broken.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { one, _ in one })
        let driver = Driver(name: tool, version: toolVersion, rules: broken.map(ReportingDescriptor.init))
        runs = [
            Run(
                tool: Tool(driver: driver), columnKind: "unicodeCodePoints",
                results: entries.map { Result($0, ruleIndex: positions[$0.id] ?? -1) })
        ]
    }

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    struct Run: Encodable, Sendable {
        let tool: Tool
        let columnKind: String
        let results: [Result]
    }

    struct Tool: Encodable, Sendable {
        let driver: Driver
    }

    struct Driver: Encodable, Sendable {
        let name: String
        let version: String
        let rules: [ReportingDescriptor]
    }

    struct Message: Encodable, Sendable {
        let text: String
    }
}

extension SARIFLog {
    struct ReportingDescriptor: Encodable, Sendable {
        struct Configuration: Encodable, Sendable {
            let level: String
        }

        let id: String
        let shortDescription: Message
        let fullDescription: Message?
        let help: Message?
        let defaultConfiguration: Configuration

        init(_ rule: RuleDescription) {
            id = rule.id
            shortDescription = Message(text: rule.summary)
            fullDescription = rule.reason.map(Message.init)
            help = rule.source.map { Message(text: "Source: \($0)") }
            defaultConfiguration = Configuration(level: rule.severity.rawValue)
        }
    }

    struct Result: Encodable, Sendable {
        let ruleId: String
        let ruleIndex: Int
        let level: String
        let message: Message
        let locations: [Location]
        let relatedLocations: [Location]?
        let fixes: [Fix]?

        init(_ entry: DiagnosticReport.Entry, ruleIndex: Int) {
            ruleId = entry.id
            self.ruleIndex = ruleIndex
            level = entry.severity.rawValue
            let words = entry.notes.filter { $0.range == nil }.map(\.message)
            message = Message(text: ([entry.message] + words).joined(separator: "\n"))
            locations = Location(entry.file, entry.range).map { [$0] } ?? []
            let related = entry.notes.compactMap { Location($0.file, $0.range, message: $0.message) }
            relatedLocations = related.isEmpty ? nil : related
            fixes = entry.fix.flatMap { $0.edits.isEmpty ? nil : [Fix($0)] }
        }
    }

    struct Location: Encodable, Sendable {
        struct Physical: Encodable, Sendable {
            let artifactLocation: ArtifactLocation
            let region: Region
        }

        let physicalLocation: Physical
        let message: Message?

        init?(_ file: String?, _ range: DiagnosticReport.Range?, message: String? = nil) {
            guard let file, let range else { return nil }
            physicalLocation = Physical(artifactLocation: ArtifactLocation(file), region: Region(range))
            self.message = message.map(Message.init)
        }
    }

    struct ArtifactLocation: Encodable, Sendable {
        let uri: String

        init(_ path: String) { uri = Self.reference(path) }

        /// A path as a URI reference (RFC 3986): what is no unreserved character or slash is percent-encoded.
        private static func reference(_ path: String) -> String {
            var result = path.hasPrefix("/") ? "file://" : ""
            for byte in path.utf8 {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                    UInt8(ascii: "_"), UInt8(ascii: "~"):
                    result.unicodeScalars.append(Unicode.Scalar(byte))
                default:
                    let digits = String(byte, radix: 16, uppercase: true)
                    result += "%" + (digits.count < 2 ? "0" : "") + digits
                }
            }
            return result
        }
    }

    struct Region: Encodable, Sendable {
        let startLine: Int
        let startColumn: Int
        let endLine: Int
        let endColumn: Int

        init(_ range: DiagnosticReport.Range) {
            startLine = range.start.line
            startColumn = range.start.column
            endLine = range.end.line
            endColumn = range.end.column
        }
    }

    struct Fix: Encodable, Sendable {
        struct Change: Encodable, Sendable {
            let artifactLocation: ArtifactLocation
            let replacements: [Replacement]
        }

        struct Replacement: Encodable, Sendable {
            let deletedRegion: Region
            let insertedContent: Message?
        }

        struct Properties: Encodable, Sendable {
            let isSafe: Bool
        }

        let description: Message
        let artifactChanges: [Change]
        let properties: Properties

        init(_ fix: DiagnosticReport.Fix) {
            description = Message(text: fix.description)
            properties = Properties(isSafe: fix.isSafe)
            var files: [String] = []
            for edit in fix.edits where !files.contains(edit.file) { files.append(edit.file) }
            artifactChanges = files.map { file in
                Change(
                    artifactLocation: ArtifactLocation(file),
                    replacements: fix.edits.filter { $0.file == file }.map { edit in
                        Replacement(
                            deletedRegion: Region(edit.range),
                            insertedContent: edit.replacement.isEmpty ? nil : Message(text: edit.replacement))
                    })
            }
        }
    }
}
