/// An absolute `http` or `https` address kept as the characters that go on the wire.
///
/// The path and the query stay exactly as they were written: signing depends on every byte, so
/// nothing here decodes, normalises or re-encodes them.
///
///     HTTPURL("https://sts.us-east-1.amazonaws.com:443/a%20b?x=1")?.authority  // "sts.us-east-1.amazonaws.com"
public struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`, in lower case.
    public var scheme: String
    /// The host in lower case; an IPv6 address keeps its brackets.
    public var host: String
    /// The port when one was written, otherwise nil.
    public var port: Int?
    /// The path as written, starting with `/`; an empty path is `/` because that is what is sent.
    public var path: String
    /// The characters after `?`, or nil when there is no `?`.
    public var query: String?

    /// Makes an address from its parts.
    public init(scheme: String, host: String, port: Int? = nil, path: String = "/", query: String? = nil) {
        self.scheme = scheme.lowercased()
        self.host = host.lowercased()
        self.port = port
        self.path = path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
        self.query = query
    }

    /// Reads an address; nil when the text is not an absolute http or https address with a host,
    /// or when it holds control characters. A fragment is dropped, user information is refused.
    public init?(_ text: String) {
        let scalars = text.unicodeScalars
        guard !scalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return nil }
        guard let separator = scalars.firstRange(of: "://".unicodeScalars) else { return nil }
        let scheme = String(scalars[..<separator.lowerBound]).lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }

        // By scalars: a combining mark behind a `/` or `?` would hide it from a search for characters.
        let rest = scalars[separator.upperBound...].prefix { $0 != "#" }
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard let (host, port) = Self.splitAuthority(Substring(rest[..<authorityEnd])) else { return nil }

        let target = rest[authorityEnd...]
        let pathEnd = target.firstIndex(of: "?") ?? target.endIndex
        let query = pathEnd == target.endIndex ? nil : String(target[target.index(after: pathEnd)...])
        self.init(scheme: scheme, host: host, port: port, path: String(target[..<pathEnd]), query: query)
    }

    /// The value of the `Host` header: the port only when it is not the scheme's default one.
    public var authority: String {
        guard let port, port != defaultPort else { return host }
        return "\(host):\(port)"
    }

    /// The whole address as it is put on the wire.
    public var description: String {
        let portText = port.map { ":\($0)" } ?? ""
        let queryText = query.map { "?\($0)" } ?? ""
        return "\(scheme)://\(host)\(portText)\(path)\(queryText)"
    }

    /// Whether the host can only be this machine: `localhost`, 127.0.0.0/8 or `[::1]`.
    public var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets[0] == 127 && octets.allSatisfy { $0 != nil }
    }

    private var defaultPort: Int { scheme == "https" ? 443 : 80 }

    private static func splitAuthority(_ authority: Substring) -> (host: String, port: Int?)? {
        guard !authority.contains(where: { $0 == "@" || $0 == " " || $0 == "\\" }) else { return nil }
        var host = authority
        var portText: Substring?
        let searchStart = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[searchStart...].lastIndex(of: ":") {
            host = authority[..<colon]
            portText = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty, host != "[]" else { return nil }
        guard let portText, !portText.isEmpty else { return (String(host), nil) }
        guard let port = Int(portText), (1...65535).contains(port) else { return nil }
        return (String(host), port)
    }
}
