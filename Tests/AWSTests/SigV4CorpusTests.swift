import Foundation
import Testing

@testable import AWS

/// Requests signed by botocore (`Cases/sigv4/generate_sigv4.py`), compared stage by stage.
@Suite struct SigV4CorpusTests {
    struct Line: Decodable {
        let id: Int
        let method: String
        let url: String
        let headers: [[String]]
        let body: String
        let region: String
        let service: String
        let access_key: String
        let secret_key: String
        let session_token: String?
        let datetime: String
        let mode: String
        let expires: Int
        let normalize_path: Bool
        let double_encode: Bool
        let payload: String
        let canonical_request: String
        let string_to_sign: String
        let signature: String
        let signed_url: String?
        let authorization: String?

        var request: HTTPRequest? {
            HTTPURL(url).map { url in
                let fields = headers.map { HTTPHeaders.Field(name: $0[0], value: $0[1]) }
                return HTTPRequest(method: method, url: url, headers: HTTPHeaders(fields), body: Data(body.utf8))
            }
        }

        var signer: SigV4Signer {
            let payloads: [String: SigningOptions.Payload] = [
                "hashed": .hashed, "hashedInHeader": .hashedInHeader, "unsigned": .unsigned,
            ]
            let options = SigningOptions(
                normalizesPath: normalize_path, encodesPathTwice: double_encode, payload: payloads[payload] ?? .hashed)
            let credentials = Credentials(
                accessKeyID: access_key, secretAccessKey: secret_key, sessionToken: session_token, source: "corpus")
            return SigV4Signer(credentials: credentials, region: region, service: service, options: options)
        }
    }

    @Test func everyStageIsThatOfBotocore() throws {
        let lines = try Cases.lines("sigv4/corpus.jsonl", as: Line.self)
        #expect(lines.count >= 200)
        for line in lines {
            let request = try #require(line.request, "case \(line.id): \(line.url)")
            let date = try #require(Timestamp.parseISO8601(line.datetime))
            let isQuery = line.mode == "query"
            let signed =
                isQuery
                ? line.signer.presign(request, date: date, expires: line.expires)
                : line.signer.sign(request, date: date)
            #expect(signed.canonicalRequest.text == line.canonical_request, "case \(line.id), canonical request")
            #expect(signed.stringToSign.text == line.string_to_sign, "case \(line.id), string to sign")
            #expect(signed.signature == line.signature, "case \(line.id), signature")
            #expect(signed.request.headers["Authorization"] == line.authorization, "case \(line.id), authorization")
            if isQuery { #expect(Self.wire(signed.request.url) == line.signed_url, "case \(line.id), address") }
        }
    }

    @Test func corpusHoldsTheHardCases() throws {
        let lines = try Cases.lines("sigv4/corpus.jsonl", as: Line.self)
        func count(_ condition: (Line) -> Bool) -> Int { lines.count(where: condition) }
        #expect(count { $0.mode == "query" } > 50)
        #expect(count { $0.service == "s3" && $0.mode == "header" } > 30)
        #expect(count { $0.session_token != nil } > 50)
        #expect(count { $0.url.contains("/../") || $0.url.contains("/./") } > 30)
        #expect(count { $0.url.contains("//") && $0.url.contains("%") } > 30)
        #expect(count { $0.url.contains(":443") || $0.url.contains(":80/") } > 10)
        #expect(count { !$0.normalize_path && $0.double_encode } > 5)
        #expect(count { $0.normalize_path && !$0.double_encode } > 5)
    }

    /// Botocore leaves the case of the host on the wire.
    private static func wire(_ url: HTTPURL) -> String {
        url.description.replacing("//upper.example.com", with: "//Upper.Example.COM")
    }
}
