/// The first stage of Signature Version 4: a request written in the one form that both sides hash.
///
/// Source: "Create a signed AWS API request", AWS Identity and Access Management User Guide.
public struct CanonicalRequest: Sendable, Equatable {
    /// The method in upper case.
    public let method: String
    /// The canonical URI.
    public let path: String
    /// The canonical query string: pairs sorted by key, then by value.
    public let query: String
    /// `name:value` lines in the order of their names, without a line break at the end.
    public let headers: String
    /// The names of the signed headers, sorted and joined with `;`.
    public let signedHeaders: String
    /// The hash of the body, or `UNSIGNED-PAYLOAD`.
    public let payloadHash: String

    /// Headers that proxies and clients add or change on the way, and that are therefore never signed.
    public static let unsignedHeaders: Set<String> = [
        "authorization", "baggage", "connection", "expect", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "te", "traceparent", "tracestate", "trailer", "transfer-encoding", "upgrade",
        "user-agent", "x-amzn-trace-id",
    ]

    /// Writes a request in canonical form.
    ///
    /// - Parameters:
    ///   - request: the request with every header that is to be signed.
    ///   - options: how the path is treated.
    ///   - payloadHash: what stands for the body.
    public init(_ request: HTTPRequest, options: SigningOptions, payloadHash: String) {
        let groups = Self.headerGroups(request)
        method = request.method.uppercased()
        path = Self.canonicalPath(request.url.path, options: options)
        query = Self.canonicalQuery(request.url.query ?? "")
        headers = groups.map { "\($0.name):\($0.value)" }.joined(separator: "\n")
        signedHeaders = groups.map(\.name).joined(separator: ";")
        self.payloadHash = payloadHash
    }

    /// The text that is hashed.
    public var text: String {
        [method, path, query, headers + "\n", signedHeaders, payloadHash].joined(separator: "\n")
    }
}

// MARK: - Path

extension CanonicalRequest {
    private static func canonicalPath(_ path: String, options: SigningOptions) -> String {
        let normalized = options.normalizesPath ? removingDotSegments(path) : path
        return options.encodesPathTwice ? PercentEncoding.encodePath(normalized) : normalized
    }

    /// RFC 3986, section 5.2.4, and runs of `/` become one, as AWS services other than S3 do it.
    ///
    /// Split at bytes: a combining mark behind a `/` would hide it from a split at characters.
    private static func removingDotSegments(_ path: String) -> String {
        let slash = UInt8(ascii: "/")
        var segments: [Substring] = []
        for segment in path.utf8.split(separator: slash).map(Substring.init) where segment != "." {
            if segment == ".." {
                _ = segments.popLast()
            } else {
                segments.append(segment)
            }
        }
        let end = path.utf8.last == slash && !segments.isEmpty ? "/" : ""
        return "/" + segments.joined(separator: "/") + end
    }
}

// MARK: - Query

extension CanonicalRequest {
    /// Sorts the pairs as they stand on the wire; a key without `=` gets one, and bytes that no address
    /// may hold (spaces and everything beyond ASCII) are encoded.
    private static func canonicalQuery(_ query: String) -> String {
        guard !query.isEmpty else { return "" }
        let pairs = encodingForbiddenBytes(query).utf8.split(
            separator: UInt8(ascii: "&"), omittingEmptySubsequences: false
        ).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (key: Substring(parts[0]), value: parts.count > 1 ? Substring(parts[1]) : "")
        }
        return
            pairs
            .sorted { isOrdered(($0.key, $0.value), before: ($1.key, $1.value)) }
            .map { "\($0.key)=\($0.value)" }
            .joined(separator: "&")
    }

    private static func encodingForbiddenBytes(_ query: String) -> String {
        guard query.utf8.contains(where: { $0 == 0x20 || $0 >= 0x80 }) else { return query }
        return query.unicodeScalars.map { scalar in
            scalar.isASCII && scalar != " " ? String(scalar) : PercentEncoding.encode(String(scalar))
        }.joined()
    }

    /// By bytes: the order of Swift strings depends on Unicode normalisation.
    private static func isOrdered(_ left: (Substring, Substring), before right: (Substring, Substring)) -> Bool {
        if left.0.utf8.elementsEqual(right.0.utf8) { return left.1.utf8.lexicographicallyPrecedes(right.1.utf8) }
        return left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
    }
}

// MARK: - Headers

extension CanonicalRequest {
    private static func headerGroups(_ request: HTTPRequest) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for field in request.headers.fields {
            let name = field.name.lowercased()
            guard !unsignedHeaders.contains(name) else { continue }
            values[name, default: []].append(folded(field.value))
        }
        if values["host"] == nil { values["host"] = [request.url.authority] }
        return
            values
            .map { (name: $0.key, value: $0.value.joined(separator: ",")) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Trims a value and turns each run of white space inside it into one space.
    private static func folded(_ value: String) -> String {
        let words = value.unicodeScalars.split { $0.value == 0x20 || (0x09...0x0D).contains($0.value) }
        return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}
