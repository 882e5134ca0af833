import Foundation
import Testing

@testable import AWS

/// Every `Cases/credentials/NAME.json` is a machine: variables, files, programs and what its services answer,
/// with what must be found there.
@Suite struct CredentialsChainTests {
    struct Machine: Decodable {
        var variables: [String: String]?
        var files: [String: String]?
        /// Standard output by program; a program that is not here is not installed.
        var programs: [String: String]?
        var failingPrograms: [String]?
        var profile: String?
        var code: String?
        var exchanges: [Exchange]?
        var expect: Expectation
    }

    struct Exchange: Decodable {
        /// Method and address, such as `PUT http://169.254.169.254/latest/api/token`.
        let request: String
        /// Headers that must be there.
        let headers: [String: String]?
        /// Texts that the body must hold.
        let body: [String]?
        /// Whether the request must be signed; not looked at when it is missing.
        let signedBy: String?
        let status: Int?
        let answer: String?
        /// Nobody answers.
        let refused: Bool?
    }

    struct Expectation: Decodable {
        let accessKeyID: String?
        let sessionToken: String?
        let source: String?
        let accountID: String?
        let command: [String]?
        let error: String?
    }

    @Test(arguments: try Cases.names(in: "credentials", ending: "json"))
    func findsWhatTheMachineHas(name: String) async throws {
        let machine = try JSONDecoder().decode(Machine.self, from: Cases.data("credentials/\(name).json"))
        let world = FixedWorld()
        var programs = (machine.programs ?? [:]).mapValues { ProcessOutcome(status: 0, output: Data($0.utf8)) }
        for program in machine.failingPrograms ?? [] { programs[program] = ProcessOutcome(status: 255, output: Data()) }
        let host = world.host(
            variables: machine.variables ?? [:], files: machine.files ?? [:], programs: programs, code: machine.code)
        let transport = ScriptedTransport((machine.exchanges ?? []).map(Self.step))
        let expected = machine.expect
        do {
            let options = ClientOptions(region: Sourced("us-east-1", source: "t"), profile: machine.profile)
            let context = CredentialsContext(
                configuration: try ClientConfiguration(resolving: options, host: host), host: host,
                transport: transport, pacing: world.pacing)
            let cache = CredentialsCache(CredentialsChain(context: context), now: host.now)
            let credentials = try await cache.credentials()
            #expect(credentials.accessKeyID == expected.accessKeyID)
            #expect(credentials.sessionToken == expected.sessionToken)
            #expect(credentials.source == expected.source)
            #expect(credentials.accountID == expected.accountID)
            #expect(expected.error == nil)
        } catch {
            #expect("\(error)" == expected.error)
            #expect(!"\(error)".contains("canary"))
        }
        #expect(transport.remaining == 0, "requests that were not made")
        if let command = expected.command { #expect(world.ranCommands == [command]) }
    }

    private static func step(_ exchange: Exchange) -> ScriptedTransport.Step {
        { request in
            #expect("\(request.method) \(request.url)" == exchange.request)
            for (name, value) in exchange.headers ?? [:] { #expect(request.headers[name] == value) }
            let body = String(decoding: request.body, as: UTF8.self)
            for text in exchange.body ?? [] { #expect(body.contains(text), "\(body)") }
            if let signer = exchange.signedBy {
                let authorization = request.headers["Authorization"] ?? "nobody"
                #expect(authorization.contains(signer))
            }
            if exchange.refused == true {
                throw TransportError(kind: .cannotConnect, host: request.url.authority, detail: "scripted")
            }
            return HTTPResponse(status: exchange.status ?? 200, body: Data((exchange.answer ?? "").utf8))
        }
    }
}
