/// What differs between services in Signature Version 4.
public struct SigningOptions: Sendable, Equatable {
    /// What stands for the body in the canonical request.
    public enum Payload: Sendable, Equatable {
        /// The SHA-256 of the body, or what the caller's own `x-amz-content-sha256` header says.
        case hashed
        /// The SHA-256 of the body, which is also sent and signed as `x-amz-content-sha256`.
        case hashedInHeader
        /// `UNSIGNED-PAYLOAD`; in header mode it is also sent as `x-amz-content-sha256`, in query mode such a header of
        /// the caller's goes before.
        case unsigned
    }

    /// Whether dot segments and repeated slashes are removed from the canonical path.
    public var normalizesPath: Bool
    /// Whether the path, encoded on the wire, is encoded once more in the canonical request.
    public var encodesPathTwice: Bool
    /// What stands for the body.
    public var payload: Payload
    /// Whether the session token is part of what is signed, or added afterwards.
    public var signsSessionToken: Bool

    /// Makes options.
    public init(
        normalizesPath: Bool = true, encodesPathTwice: Bool = true, payload: Payload = .hashed,
        signsSessionToken: Bool = true
    ) {
        self.normalizesPath = normalizesPath
        self.encodesPathTwice = encodesPathTwice
        self.payload = payload
        self.signsSessionToken = signsSessionToken
    }

    /// Every service but S3.
    public static let standard = SigningOptions()
    /// S3: the path is taken as it is on the wire and the hash of the body is sent.
    public static let s3 = SigningOptions(normalizesPath: false, encodesPathTwice: false, payload: .hashedInHeader)
    /// S3 pre-signed addresses: the body is not known when the address is made.
    public static let s3Presigned = SigningOptions(
        normalizesPath: false, encodesPathTwice: false, payload: .unsigned)
}
