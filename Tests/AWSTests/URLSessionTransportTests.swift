import Foundation
import Testing

@testable import AWS

/// The real transports against a server that can behave badly.
@Suite(.enabled(if: LocalServer.hasPython, "needs /usr/bin/python3 for the server"), .timeLimit(.minutes(1)))
struct URLSessionTransportTests {
    struct Seen: Decodable {
        let method: String
        let target: String
        let headers: [[String]]
        let length: Int
        let sum: Int

        func values(_ name: String) -> [String] {
            headers.filter { $0[0].lowercased() == name.lowercased() }.map { $0[1] }
        }
    }

    private let server: LocalServer
    private let transport = BothTransports(maximumResponseBytes: 100_000)

    init() throws {
        server = try #require(LocalServer())
    }

    @Test(arguments: [
        "/echo/a%2Fb//c%20d/%E6%97%A5?x=%2B&y=&z", "/echo/a+b;c=d,e!$'()*@:~?a=b/c?d", "/echo/%41%7e?%7E=%61",
        "/echo/?a=1&a=1&b", "/echo//double", "/echo/trailing/",
    ])
    func theTargetOnTheWireIsTheOneThatWasSigned(target: String) async throws {
        let seen = try await echo(request("GET", target))
        #expect(seen.target == target)
        #expect(seen.values("host") == ["127.0.0.1:\(server.port)"])
    }

    @Test(arguments: ["GET", "PUT", "POST", "DELETE"])
    func bodiesArriveWhole(method: String) async throws {
        let body = method == "GET" ? Data() : Data((0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        var request = request(method, "/echo")
        request.body = body
        request.headers["Content-Type"] = "application/x-test"
        request.headers["Authorization"] = "AWS4-HMAC-SHA256 a, b, c"
        let seen = try await echo(request)
        #expect(seen.method == method)
        #expect(seen.length == body.count)
        #expect(seen.sum == body.reduce(0) { $0 + Int($1) })
        #expect(seen.values("authorization") == ["AWS4-HMAC-SHA256 a, b, c"])
        #expect(seen.values("content-type") == ["application/x-test"])
    }

    @Test func emptyBodiesOfPutHaveALength() async throws {
        let seen = try await echo(request("PUT", "/echo"))
        #expect(seen.values("content-length") == ["0"])
    }

    @Test func headHasNoBody() async throws {
        let response = try await transport.send(request("HEAD", "/echo"))
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(response.headers["x-seen"] == "yes")
    }

    @Test func cookiesAreNotKept() async throws {
        _ = try await transport.send(request("GET", "/echo"))
        #expect(try await echo(request("GET", "/echo")).values("cookie").isEmpty)
    }

    @Test func redirectsAreAnswers() async throws {
        let response = try await transport.send(request("GET", "/redirect"))
        #expect(response.status == 301)
        #expect(response.headers["x-amz-bucket-region"] == "eu-west-1")
    }

    @Test func errorsAreAnswersWithTheirHeaders() async throws {
        let response = try await transport.send(request("GET", "/error"))
        #expect(response.status == 503)
        #expect(response.headers["retry-after"] == "3")
        #expect(String(decoding: response.body, as: UTF8.self) == "<html/>")
    }

    @Test(arguments: [
        ("/short", TransportError.Kind.interrupted), ("/chopped", .interrupted), ("/hangup", .interrupted),
        ("/stall", .timedOut), ("/drip", .timedOut), ("/large", .tooLarge), ("/garbage", .interrupted),
    ])
    func badMannersAreErrors(path: String, kind: TransportError.Kind) async throws {
        var request = request("GET", path)
        request.timeout = kind == .timedOut ? 1 : 10
        let error = await #expect(throws: TransportError.self) { _ = try await transport.send(request) }
        #expect(error?.kind == kind, "\(String(describing: error))")
        #expect(error?.host == "127.0.0.1:\(server.port)")
    }

    @Test func nobodyThereIsAnError() async throws {
        let closed = HTTPRequest(method: "GET", url: HTTPURL(scheme: "http", host: "127.0.0.1", port: 1))
        let refused = await #expect(throws: TransportError.self) { _ = try await transport.send(closed) }
        #expect(refused?.kind == .cannotConnect)
        let nameless = HTTPRequest(method: "GET", url: HTTPURL(scheme: "http", host: "nobody.invalid"))
        let unknown = await #expect(throws: TransportError.self) { _ = try await transport.send(nameless) }
        #expect(unknown?.kind == .unknownHost)
    }

    @Test func aHostThatSpeaksNoTLSIsInsecure() async throws {
        let url = HTTPURL(scheme: "https", host: "127.0.0.1", port: server.port)
        let error = await #expect(throws: TransportError.self) {
            _ = try await transport.send(HTTPRequest(method: "GET", url: url))
        }
        #expect(error?.kind == .insecure, "\(String(describing: error))")
    }

    @Test func headersWithLineBreaksAreRefused() async throws {
        var request = request("GET", "/echo")
        request.headers["X-Test"] = "a\r\nX-Evil: b"
        let error = await #expect(throws: TransportError.self) { _ = try await transport.send(request) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.description.contains("Evil") == false)
    }

    @Test func cancellingEndsTheRequest() async throws {
        let request = request("GET", "/stall")
        let task = Task { [transport] in try await transport.send(request) }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    private func request(_ method: String, _ target: String) -> HTTPRequest {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count > 1 ? String(parts[1]) : nil
        let url = HTTPURL(scheme: "http", host: "127.0.0.1", port: server.port, path: String(parts[0]), query: query)
        return HTTPRequest(method: method, url: url, timeout: 20)
    }

    private func echo(_ request: HTTPRequest) async throws -> Seen {
        let response = try await transport.send(request)
        return try JSONDecoder().decode(Seen.self, from: response.body)
    }
}
