/// No whole response came back from a host. The text never holds headers, queries or bodies.
public struct TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Kind: String, Sendable, Equatable, Codable {
        /// The host name does not resolve.
        case unknownHost
        /// No connection could be made: nothing was sent.
        case cannotConnect
        /// The TLS handshake or the certificate was refused: nothing was sent.
        case insecure
        /// The attempt took longer than the request's timeout.
        case timedOut
        /// The connection ended before the response was whole.
        case interrupted
        /// The response is larger than the transport accepts.
        case tooLarge
        /// The request cannot be put on the wire, such as a header with a line break.
        case invalidRequest
    }

    /// What went wrong.
    public let kind: Kind
    /// Host and port that were asked.
    public let host: String
    /// One sentence of detail without secrets.
    public let detail: String

    /// Makes an error.
    public init(kind: Kind, host: String, detail: String) {
        self.kind = kind
        self.host = host
        self.detail = detail
    }

    /// Whether it is certain that the host never acted on the request.
    public var isBeforeSending: Bool {
        switch kind {
        case .unknownHost, .cannotConnect, .insecure, .invalidRequest: true
        case .timedOut, .interrupted, .tooLarge: false
        }
    }

    /// Whether trying again can help.
    public var isTransient: Bool {
        switch kind {
        case .unknownHost, .cannotConnect, .timedOut, .interrupted: true
        case .insecure, .tooLarge, .invalidRequest: false
        }
    }

    /// The host, what went wrong and the detail.
    public var description: String { "\(host): \(summary) (\(detail))" }

    private var summary: String {
        switch kind {
        case .unknownHost: "the host name does not resolve"
        case .cannotConnect: "no connection could be made"
        case .insecure: "the secure connection was refused"
        case .timedOut: "no answer in time"
        case .interrupted: "the connection ended before the answer was whole"
        case .tooLarge: "the answer is too large"
        case .invalidRequest: "the request cannot be sent"
        }
    }
}
