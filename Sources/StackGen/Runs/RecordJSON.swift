internal import Foundation

/// JSON as it stands in a run record: sorted keys, two-space indentation, slashes as they are, a final newline.
public enum RecordJSON {
    /// The bytes of a value.
    /// - Throws: `EncodingError` when the value cannot be expressed in JSON.
    public static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// One line without white space: for `events.jsonl`.
    /// - Throws: `EncodingError` when the value cannot be expressed in JSON.
    public static func line(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// Reads a value back.
    /// - Throws: `DecodingError` when the bytes are not JSON of this shape.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
