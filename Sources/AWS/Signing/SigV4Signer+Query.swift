public import Foundation

extension SigV4Signer {
    /// Makes a pre-signed address: the signature stands in the query.
    ///
    /// Keys that are there stay in their order, encoded anew, before those of the signature; an earlier signature is
    /// replaced. With `.hashedInHeader` the header `x-amz-content-sha256` is signed, and the later caller must send it.
    ///
    /// - Parameters:
    ///   - request: method, address and the headers that the later caller must send too.
    ///   - date: when the address begins to be good.
    ///   - expires: for how many seconds it is good; AWS accepts 1 to 604,800.
    public func presign(_ request: HTTPRequest, date: Date, expires: Int) -> SignedRequest {
        let timestamp = Timestamp.basic(date)
        var request = request
        let given = options.payload == .unsigned ? request.headers["X-Amz-Content-SHA256"] : nil
        let payloadHash = given ?? payloadHash(of: request)
        request.headers.remove("Authorization")
        request.headers.remove("X-Amz-Date")
        request.headers.remove("X-Amz-Security-Token")
        if options.payload == .hashedInHeader { request.headers["X-Amz-Content-SHA256"] = payloadHash }

        let original = Self.queryPairs(request.url.query ?? "").filter { !Self.isSignatureKey($0.key) }
        let parameters = signatureParameters(for: request, timestamp: timestamp, expires: expires)
        request.url.query = Self.encode(original + parameters)

        let stages = stages(of: request, timestamp: timestamp, payloadHash: payloadHash)
        var additions = [("X-Amz-Signature", stages.signature)]
        if let token = credentials.sessionToken, !options.signsSessionToken {
            additions.append(("X-Amz-Security-Token", token))
        }
        request.url.query = [request.url.query ?? "", Self.encode(additions.map(Self.bytes))].joined(separator: "&")
        return SignedRequest(
            request: request, canonicalRequest: stages.canonicalRequest, stringToSign: stages.stringToSign,
            signature: stages.signature)
    }

    private typealias Pair = (key: [UInt8], value: [UInt8])

    private func signatureParameters(for request: HTTPRequest, timestamp: String, expires: Int) -> [Pair] {
        let scope = CredentialScope(timestamp: timestamp, region: region, service: service)
        let signedHeaders = CanonicalRequest(request, options: options, payloadHash: "").signedHeaders
        var parameters = [
            ("X-Amz-Algorithm", StringToSign.algorithm),
            ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope)"),
            ("X-Amz-Date", timestamp),
            ("X-Amz-Expires", String(expires)),
            ("X-Amz-SignedHeaders", signedHeaders),
        ]
        if let token = credentials.sessionToken, options.signsSessionToken {
            parameters.append(("X-Amz-Security-Token", token))
        }
        return parameters.map(Self.bytes)
    }

    private static func queryPairs(_ query: String) -> [Pair] {
        query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? PercentEncoding.decodeQueryPart(Substring(parts[1])) : []
            return (PercentEncoding.decodeQueryPart(Substring(parts[0])), value)
        }
    }

    private static func isSignatureKey(_ key: [UInt8]) -> Bool {
        signatureKeys.contains(String(decoding: key, as: UTF8.self))
    }

    private static let signatureKeys: Set = [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Signature",
        "X-Amz-SignedHeaders",
    ]

    private static func encode(_ pairs: [Pair]) -> String {
        pairs.map { pair in
            let key = PercentEncoding.encode(pair.key, keepingSlash: false)
            return key + "=" + PercentEncoding.encode(pair.value, keepingSlash: false)
        }.joined(separator: "&")
    }

    private static func bytes(_ pair: (String, String)) -> Pair {
        (Array(pair.0.utf8), Array(pair.1.utf8))
    }
}
