internal import AWS
internal import Diagnostics
internal import Foundation
internal import Jinja

/// Signs requests given as lines of JSON: for comparing Signature Version 4 with vectors of any origin.
public enum SigningLines {
    /// Answers one line of JSON with one line of JSON.
    ///
    ///     {"id": 1, "method": "GET", "url": "https://host/", "headers": [["Name", "value"]], "body": "",
    ///      "region": "us-east-1", "service": "sts", "access_key": "…", "secret_key": "…", "session_token": null,
    ///      "datetime": "20150830T123600Z", "mode": "header", "expires": 3600,
    ///      "normalize_path": true, "double_encode": true, "sign_body": false}
    ///     {"id": 1, "signature": "…", "headers": [["Host", "host"], …]}      mode `header`
    ///     {"id": 1, "signature": "…", "url": "https://host/?X-Amz-…"}        mode `query`
    ///     {"id": 1, "error": {"field": "url", "message": "…"}}
    ///
    /// `url`, `region`, `service`, `access_key`, `secret_key` and `datetime` have no default; the other values above
    /// are the defaults, but service `s3` takes the path as it is, and signs the body's hash in a header or, in a query,
    /// `UNSIGNED-PAYLOAD`. Two more fields stand for what else a signer can be told: `sign_session_token` (false adds
    /// the token after signing) and `unsigned_payload` (true). Other fields are not looked at.
    /// - Parameter line: the line without its line ending.
    /// - Returns: the answer without a line ending. A message never repeats a value of the line.
    public static func answer(_ line: [UInt8]) -> [UInt8] {
        var id = Value.none
        var answer: [(String, Value)]
        do {
            guard case .dict(let fields) = try Value(json: SourceFile(name: "<line>", bytes: line)) else {
                throw SigningLineError(nil, "the line is no object")
            }
            id = fields["id"] ?? .none
            answer = try SigningLine(fields).answer()
        } catch {
            answer = [("error", describe(error))]
        }
        // What was read as JSON can be written as JSON.
        return Array(((try? Value.dict([("id", id)] + answer).json()) ?? "{}").utf8)
    }

    private static func describe(_ error: any Error) -> Value {
        switch error {
        case let error as SigningLineError:
            ["field": error.field.map { .string($0) } ?? .none, "message": .string(error.message)]
        case let error as DiagnosticError:
            ["field": .none, "message": .string(error.diagnostics.first?.message ?? "the line is not JSON")]
        default: ["field": .none, "message": .string("the line cannot be read")]
        }
    }
}

/// What is wrong with a line, without any value of it: values may be secrets.
private struct SigningLineError: Error {
    let field: String?
    let message: String

    init(_ field: String?, _ message: String) {
        self.field = field
        self.message = message
    }
}

/// One request with who signs it and how.
private struct SigningLine {
    enum Mode: String {
        case header
        case query
    }

    private let request: HTTPRequest
    private let signer: SigV4Signer
    private let date: Date
    private let mode: Mode
    private let expires: Int

    init(_ values: DictValue) throws {
        let fields = SigningFields(values)
        guard let mode = Mode(rawValue: try fields.text("mode", default: "header")) else {
            throw SigningLineError("mode", "the mode is `header` or `query`")
        }
        self.mode = mode
        request = try fields.request()
        signer = try fields.signer(mode)
        date = try fields.date()
        expires = mode == .query ? try fields.expires() : 0
    }

    func answer() -> [(String, Value)] {
        switch mode {
        case .header:
            let signed = signer.sign(request, date: date)
            return [("signature", .string(signed.signature)), ("headers", Self.headers(signed.request))]
        case .query:
            let signed = signer.presign(request, date: date, expires: expires)
            return [("signature", .string(signed.signature)), ("url", .string(signed.request.url.description))]
        }
    }

    /// Every header that is sent: the transport adds `Host` to a request without one.
    private static func headers(_ request: HTTPRequest) -> Value {
        var fields = request.headers.fields
        if request.headers["Host"] == nil { fields.insert(.init(name: "Host", value: request.url.authority), at: 0) }
        return .list(fields.map { .list([.string($0.name), .string($0.value)]) })
    }
}

/// Reads the fields of a line.
private struct SigningFields {
    private let values: DictValue

    init(_ values: DictValue) { self.values = values }

    func request() throws -> HTTPRequest {
        let method = try text("method", default: "GET")
        guard Self.isToken(method) else { throw SigningLineError("method", "no method of HTTP") }
        guard let url = HTTPURL(try text("url")) else {
            throw SigningLineError("url", "no absolute http or https address")
        }
        let body = Data(try text("body", default: "").utf8)
        return HTTPRequest(method: method, url: url, headers: try headers(), body: body)
    }

    func signer(_ mode: SigningLine.Mode) throws -> SigV4Signer {
        let token = try text("session_token", default: "")
        let credentials = Credentials(
            accessKeyID: try required("access_key"), secretAccessKey: try required("secret_key"),
            sessionToken: token.isEmpty ? nil : token, source: "the line")
        let service = try required("service")
        return SigV4Signer(
            credentials: credentials, region: try required("region"), service: service,
            options: try options(standard(of: service, mode)))
    }

    func date() throws -> Date {
        guard let date = Timestamp.parseISO8601(try text("datetime")) else {
            throw SigningLineError("datetime", "no time such as `20150830T123600Z` or `2015-08-30T12:36:00Z`")
        }
        return date
    }

    /// AWS accepts one second to seven days.
    func expires() throws -> Int {
        switch values["expires"] {
        case nil, Value.none?: return 3_600
        case .int(let seconds)? where (1...604_800).contains(seconds): return seconds
        default: throw SigningLineError("expires", "no whole number of seconds from 1 to 604800")
        }
    }

    func text(_ name: String, default standard: String? = nil) throws -> String {
        switch values[name] {
        case .string(let text)?: return text
        case nil, Value.none?:
            guard let standard else { throw SigningLineError(name, "`\(name)` is missing") }
            return standard
        default: throw SigningLineError(name, "`\(name)` is no text")
        }
    }

    private func required(_ name: String) throws -> String {
        let text = try text(name)
        guard !text.isEmpty else { throw SigningLineError(name, "`\(name)` is empty") }
        return text
    }

    private func flag(_ name: String, default standard: Bool) throws -> Bool {
        switch values[name] {
        case .bool(let flag)?: return flag
        case nil, Value.none?: return standard
        default: throw SigningLineError(name, "`\(name)` is neither true nor false")
        }
    }

    private func standard(of service: String, _ mode: SigningLine.Mode) -> SigningOptions {
        guard service == "s3" else { return .standard }
        return mode == .header ? .s3 : .s3Presigned
    }

    private func options(_ standard: SigningOptions) throws -> SigningOptions {
        SigningOptions(
            normalizesPath: try flag("normalize_path", default: standard.normalizesPath),
            encodesPathTwice: try flag("double_encode", default: standard.encodesPathTwice),
            payload: try payload(standard.payload),
            signsSessionToken: try flag("sign_session_token", default: true))
    }

    private func payload(_ standard: SigningOptions.Payload) throws -> SigningOptions.Payload {
        if try flag("unsigned_payload", default: false) { return .unsigned }
        guard values["sign_body"] != nil else { return standard }
        return try flag("sign_body", default: false) ? .hashedInHeader : .hashed
    }

    private func headers() throws -> HTTPHeaders {
        let wrong = SigningLineError("headers", "no list of pairs of a name and a value")
        switch values["headers"] {
        case nil, Value.none?: return [:]
        case .list(let list)?:
            return HTTPHeaders(
                try list.items.map { item in
                    guard case .list(let pair) = item, pair.items.count == 2 else { throw wrong }
                    guard case .string(let name) = pair.items[0], Self.isToken(name) else { throw wrong }
                    guard case .string(let value) = pair.items[1] else { throw wrong }
                    return HTTPHeaders.Field(name: name, value: value)
                })
        default: throw wrong
        }
    }

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        let others = Set("!#$%&'*+-.^_`|~".unicodeScalars)
        return !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    || others.contains(scalar)
            }
    }
}
