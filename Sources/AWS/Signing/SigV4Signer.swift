public import Foundation

/// Signs requests with AWS Signature Version 4, in headers or in the query.
///
///     let signer = SigV4Signer(credentials: credentials, region: "us-east-1", service: "cloudformation")
///     let signed = signer.sign(request, date: now).request
///
/// Nothing is read from outside: the same arguments give the same signature.
public struct SigV4Signer: Sendable {
    /// Who signs.
    public let credentials: Credentials
    /// The region in the scope.
    public let region: String
    /// The signing name of the service.
    public let service: String
    /// What is particular to the service.
    public let options: SigningOptions

    /// Makes a signer.
    public init(credentials: Credentials, region: String, service: String, options: SigningOptions = .standard) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.options = options
    }

    /// Signs with an `Authorization` header.
    ///
    /// `X-Amz-Date`, the session token and, for `.hashedInHeader`, `x-amz-content-sha256` are set;
    /// an earlier signature is replaced.
    public func sign(_ request: HTTPRequest, date: Date) -> SignedRequest {
        let timestamp = Timestamp.basic(date)
        var request = request
        let payloadHash = payloadHash(of: request)
        request.headers.remove("Authorization")
        request.headers["X-Amz-Date"] = timestamp
        request.headers["X-Amz-Security-Token"] = options.signsSessionToken ? credentials.sessionToken : nil
        if options.payload != .hashed { request.headers["X-Amz-Content-SHA256"] = payloadHash }

        let stages = stages(of: request, timestamp: timestamp, payloadHash: payloadHash)
        let authorization = [
            "\(StringToSign.algorithm) Credential=\(credentials.accessKeyID)/\(stages.stringToSign.scope)",
            "SignedHeaders=\(stages.canonicalRequest.signedHeaders)",
            "Signature=\(stages.signature)",
        ]
        request.headers["Authorization"] = authorization.joined(separator: ", ")
        if let token = credentials.sessionToken, !options.signsSessionToken {
            request.headers["X-Amz-Security-Token"] = token
        }
        return SignedRequest(
            request: request, canonicalRequest: stages.canonicalRequest, stringToSign: stages.stringToSign,
            signature: stages.signature)
    }

    /// The three results that header and query mode share.
    func stages(
        of request: HTTPRequest, timestamp: String, payloadHash: String
    ) -> (canonicalRequest: CanonicalRequest, stringToSign: StringToSign, signature: String) {
        let scope = CredentialScope(timestamp: timestamp, region: region, service: service)
        let canonicalRequest = CanonicalRequest(request, options: options, payloadHash: payloadHash)
        let stringToSign = StringToSign(timestamp: timestamp, scope: scope, canonicalRequest: canonicalRequest)
        let key = SigningKey(secretAccessKey: credentials.secretAccessKey, scope: scope)
        return (canonicalRequest, stringToSign, key.signature(of: stringToSign))
    }

    /// What stands for the body of a request.
    func payloadHash(of request: HTTPRequest) -> String {
        switch options.payload {
        case .hashed: request.headers["X-Amz-Content-SHA256"] ?? Digest.sha256Hex(request.body)
        case .hashedInHeader: Digest.sha256Hex(request.body)
        case .unsigned: "UNSIGNED-PAYLOAD"
        }
    }
}
