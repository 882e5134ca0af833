import Foundation

@testable import AWS

/// A clock that stands, waits that only count, files and programs from dictionaries.
final class FixedWorld: @unchecked Sendable {
    static let start = Date(timeIntervalSince1970: 1_735_689_600)  // 2025-01-01T00:00:00Z

    private let lock = NSLock()
    private var moment = FixedWorld.start
    private var waits: [Duration] = []
    private var commands: [[String]] = []

    var sleeps: [Duration] { lock.withLock { waits } }
    var ranCommands: [[String]] { lock.withLock { commands } }

    func advance(_ seconds: TimeInterval) { lock.withLock { moment += seconds } }

    /// Waits end at once and move the clock.
    var pacing: Pacing {
        Pacing(
            sleep: { duration in
                try Task.checkCancellation()
                self.lock.withLock {
                    self.waits.append(duration)
                    self.moment += Double(duration.components.seconds)
                }
            },
            random: { 0.5 })
    }

    func host(
        variables: [String: String] = [:], files: [String: String] = [:],
        programs: [String: ProcessOutcome] = [:], code: String? = nil
    ) -> HostEnvironment {
        var host = HostEnvironment(
            variables: variables.merging(["HOME": "/home/u"]) { given, _ in given },
            readFile: { files[$0].map { Data($0.utf8) } },
            run: { command in
                self.lock.withLock { self.commands.append(command) }
                return programs[command.first ?? ""] ?? ProcessOutcome(status: 127, output: Data())
            },
            now: { self.lock.withLock { self.moment } })
        if let code { host.askForCode = { _ in code } }
        return host
    }

    func client(
        _ transport: ScriptedTransport, variables: [String: String] = [:],
        credentials: Credentials? = FixedWorld.credentials, deadline: Double? = nil
    ) throws -> AWSClient {
        let options = ClientOptions(region: Sourced("us-east-1", source: "test"), deadline: deadline)
        let host = host(variables: variables)
        return AWSClient(
            configuration: try ClientConfiguration(resolving: options, host: host),
            credentials: credentials.map { CredentialsCache(StaticProvider($0), now: host.now) },
            transport: transport, pacing: pacing, now: host.now)
    }

    static let credentials = Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "canary-secret", sessionToken: "canary/token+1", source: "test")
}
