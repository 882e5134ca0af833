public import Foundation

/// Everything that is read from the machine, as values and functions, so that a test can pin it.
public struct HostEnvironment: Sendable {
    /// Environment variables.
    public var variables: [String: String]
    /// Reads a file; nil when there is none.
    public var readFile: @Sendable (_ path: String) throws -> Data?
    /// Runs a program, looked up in `PATH`, and waits for its end.
    public var run: @Sendable (_ command: [String]) async throws -> ProcessOutcome
    /// The current moment.
    public var now: @Sendable () -> Date
    /// Asks a person for a code of a multi-factor device; nil when nobody can be asked.
    public var askForCode: (@Sendable (_ device: String) async throws -> String)?

    /// Makes an environment from its parts.
    public init(
        variables: [String: String],
        readFile: @escaping @Sendable (_ path: String) throws -> Data?,
        run: @escaping @Sendable (_ command: [String]) async throws -> ProcessOutcome,
        now: @escaping @Sendable () -> Date,
        askForCode: (@Sendable (_ device: String) async throws -> String)? = nil
    ) {
        self.variables = variables
        self.readFile = readFile
        self.run = run
        self.now = now
        self.askForCode = askForCode
    }

    /// The files, programs and clock of this machine with the given variables.
    public static func live(variables: [String: String]) -> HostEnvironment {
        HostEnvironment(
            variables: variables,
            readFile: { path in
                guard FileManager.default.fileExists(atPath: path) else { return nil }
                return try Data(contentsOf: URL(fileURLWithPath: path))
            },
            run: { try await ProcessOutcome.running($0, environment: variables) },
            now: { Date() })
    }

    /// A variable's value; an empty one counts as not set, as in the AWS CLI.
    public func variable(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Replaces a leading `~` by the home folder.
    func expandingTilde(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = variable("HOME") else { return path }
        return home + path.dropFirst()
    }
}
