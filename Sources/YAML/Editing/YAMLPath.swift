public import Diagnostics

/// A way from the root of a document to a value: `eks.version`, `instance_groups[gpu-workers].count`,
/// `instance_groups[0].count`, `tags["a.b"]`, `fsx.data_repository_associations[/data].auto_import`.
public struct YAMLPath: Sendable, Hashable, CustomStringConvertible {
    /// One step of a path.
    public enum Segment: Sendable, Hashable {
        /// The value of a key of a map.
        case key(String)
        /// An item of a list by its place, from 0; negative numbers count from the end.
        case index(Int)
        /// An item of a list by its name; the value of a key where it is applied to a map.
        ///
        /// A map is named by its `name`, or by the value of its first key when no item of the list has a `name`;
        /// a scalar is named by itself.
        case name(String)
        /// The item of a list whose key has this value: `[file_system_path=/data]`.
        case match(key: String, value: String)
    }

    /// The steps.
    public var segments: [Segment]
    /// Where each step was written; as many as there are steps, or none.
    let places: [SourceSpan]

    /// A path of steps.
    public init(_ segments: [Segment]) {
        self.segments = segments
        self.places = []
    }

    /// Reads a path as a person types it.
    /// - Parameter source: the name shown in messages.
    /// - Throws: problems with their place inside the path (`YAML030`).
    public init(parsing text: String, source: String = "<argument>") throws(DiagnosticError) {
        var parser = PathParser(SourceFile(name: source, text: text))
        (segments, places) = try parser.parse()
    }

    /// The path as it can be typed.
    public var description: String { Self.describe(segments[...]) }

    static func describe(_ segments: ArraySlice<Segment>) -> String {
        var text = ""
        for segment in segments {
            switch segment {
            case .key(let key):
                let isWord = !key.isEmpty && !key.utf8.contains(where: PathParser.endsWord)
                text += (text.isEmpty ? "" : ".") + (isWord ? key : inQuotes(key))
            case .index(let index): text += "[\(index)]"
            case .name(let name): text += "[\(quoted(name))]"
            case .match(let key, let value): text += "[\(quoted(key))=\(quoted(value))]"
            }
        }
        return text
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes =
            text.isEmpty || Int(text) != nil || text.first == "\"" || text.utf8.contains { "[]=".utf8.contains($0) }
        return needsQuotes ? inQuotes(text) : text
    }

    private static func inQuotes(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    /// The path without its last step.
    public var parent: YAMLPath { YAMLPath(Array(segments.dropLast())) }

    /// The path of a key below this one.
    public func appending(_ key: String) -> YAMLPath { YAMLPath(segments + [.key(key)]) }

    /// Where a step was written, for a path that a person typed.
    func place(of index: Int) -> SourceSpan? { places.indices.contains(index) ? places[index] : nil }

    /// Same steps, wherever they were written.
    public static func == (first: YAMLPath, second: YAMLPath) -> Bool { first.segments == second.segments }

    /// Hashes the steps.
    public func hash(into hasher: inout Hasher) { hasher.combine(segments) }
}
