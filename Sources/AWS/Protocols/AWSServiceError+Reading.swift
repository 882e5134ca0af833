import Foundation

extension AWSServiceError {
    /// Reads an answer that is not a success.
    static func read(_ response: HTTPResponse, call: RequestPipeline.Call, redaction: Redaction) -> AWSServiceError {
        let document = ErrorDocument.read(response, call.service.wireProtocol)
        let isEmpty = response.body.isEmpty
        let message = document?.message ?? (isEmpty ? "the answer has no body" : "the answer is no error document")
        return AWSServiceError(
            service: call.service.name,
            operation: call.operation,
            code: document?.code ?? Self.code(forStatus: response.status),
            message: redaction.apply(to: message),
            requestID: document?.requestID ?? response.headers["x-amzn-RequestId"]
                ?? response.headers["x-amz-request-id"],
            status: response.status,
            bodyExcerpt: document == nil && !isEmpty ? redaction.apply(to: excerpt(response.body)) : nil,
            bucketRegion: response.headers["x-amz-bucket-region"])
    }

    /// HEAD requests get no error document, so that the status has to speak.
    private static func code(forStatus status: Int) -> String {
        switch status {
        case 301, 307: "Redirected"
        case 403: "Forbidden"
        case 404: "NotFound"
        default: "HTTP\(status)"
        }
    }

    private static func excerpt(_ body: Data) -> String {
        let text = String(decoding: body.prefix(400), as: UTF8.self)
        let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return String(
            words.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init).prefix(200))
    }
}

/// The code, message and request id in an error answer of one of the protocols.
private struct ErrorDocument {
    let code: String
    let message: String
    let requestID: String?

    static func read(_ response: HTTPResponse, _ wireProtocol: AWSService.WireProtocol) -> ErrorDocument? {
        switch wireProtocol {
        case .query, .ec2Query, .restXML: readXML(response.body)
        case .restJSON, .json11: readJSON(response)
        }
    }

    /// `<ErrorResponse><Error>` (query), `<Response><Errors><Error>` (EC2) or `<Error>` (S3).
    private static func readXML(_ body: Data) -> ErrorDocument? {
        guard let root = XMLTree(body) else { return nil }
        let error = root.name == "Error" ? root : root["Error"] ?? root.child("Errors", "Error")
        guard let error, let code = error.string("Code"), !code.isEmpty else { return nil }
        let requestID = root.string("RequestId") ?? root.string("RequestID") ?? error.string("RequestId")
        return ErrorDocument(code: code, message: error.string("Message") ?? "", requestID: requestID)
    }

    /// The code stands in `x-amzn-errortype`, `__type` or `code`, perhaps with a namespace before `#` and an
    /// address after `:`.
    private static func readJSON(_ response: HTTPResponse) -> ErrorDocument? {
        struct Body: Decodable {
            let __type: String?
            let code: String?
            let message: String?
            let Message: String?
        }
        let body = try? JSONDecoder().decode(Body.self, from: response.body)
        guard let type = response.headers["x-amzn-errortype"] ?? body?.__type ?? body?.code else { return nil }
        let code = type.prefix { $0 != ":" }.split(separator: "#").last.map(String.init) ?? type
        return ErrorDocument(code: code, message: body?.message ?? body?.Message ?? "", requestID: nil)
    }
}
