internal import Diagnostics
internal import Jinja
internal import YAML

/// Reads the data of a template: JSON where the text begins like JSON, YAML otherwise.
enum DataFile {
    /// The value of a text.
    /// - Throws: `DiagnosticError` with the places of what cannot be read.
    static func read(_ file: SourceFile) throws -> Value {
        let first = file.bytes.dropFirst(file.byteOrderMarkLength).first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if file.name.hasSuffix(".json") || first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            if let value = try? Value(json: file) { return value }
            // YAML's flow style also begins with a brace; a file that says it is JSON is held to it.
            if file.name.hasSuffix(".json") { return try Value(json: file) }
        }
        let result = Parser.parse(file)
        guard !result.hasErrors else { throw DiagnosticError(result.diagnostics) }
        return result.document?.root.map { Value($0) } ?? .dict([(String, Value)]())
    }
}
