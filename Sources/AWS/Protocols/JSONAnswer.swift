import Foundation

/// Reads answers of the JSON protocols.
enum JSONAnswer {
    /// Reads a body; dates are seconds since 1970.
    ///
    /// - Throws: `DecodingFailure` with the key that is missing or wrong, without its value.
    static func read<Output: Decodable, Operation: AWSOperation>(
        _ response: HTTPResponse, as type: Output.Type, of operation: Operation.Type
    ) throws -> Output {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        do {
            return try decoder.decode(type, from: response.body)
        } catch let error as DecodingError {
            throw operation.failure(problem(error))
        }
    }

    private static func problem(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "`\(path(context.codingPath + [key]))` is missing"
        case .typeMismatch(_, let context): "`\(path(context.codingPath))` is of another type"
        case .valueNotFound(_, let context): "`\(path(context.codingPath))` is null"
        default: "it is not the expected JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map(\.stringValue).joined(separator: ".")
    }
}
