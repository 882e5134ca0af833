/// One call of one service: a value that knows how it is written and how its answer is read.
///
/// Conforming types are the inputs: `CreateStackInput`, `PutObjectInput`. To add a call is to add a file.
public protocol AWSOperation: Sendable {
    /// What the call answers with.
    associatedtype Output: Sendable
    /// The service.
    static var service: AWSService { get }
    /// The name of the operation, such as `CreateStack`.
    static var name: String { get }
    /// How it is signed.
    static var signing: SigningOptions { get }
    /// Whether a second arrival of the same request does no harm.
    var isRepeatable: Bool { get }

    /// The request, before signing.
    func makeRequest(to endpoint: Endpoint) -> HTTPRequest

    /// Reads a successful answer.
    ///
    /// - Throws: `DecodingFailure` when it is not what the API promises.
    func decode(_ response: HTTPResponse) throws -> Output
}

extension AWSOperation {
    /// Signing as every service but S3 has it.
    public static var signing: SigningOptions { .standard }

    /// Reading calls and calls with a token may be repeated, and they are most.
    public var isRepeatable: Bool { true }

    /// A failure that names this operation.
    static func failure(_ problem: String) -> DecodingFailure {
        DecodingFailure(operation: "\(service.name) \(name)", problem: problem)
    }
}
