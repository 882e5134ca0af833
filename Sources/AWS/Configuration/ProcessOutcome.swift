public import Foundation

/// How a program ended and what it wrote to its standard output.
public struct ProcessOutcome: Sendable, Equatable, CustomStringConvertible {
    /// The exit status; 127 when the program was not found.
    public let status: Int32
    /// Standard output, which may hold secrets.
    public let output: Data

    /// Makes an outcome.
    public init(status: Int32, output: Data) {
        self.status = status
        self.output = output
    }

    /// The status only.
    public var description: String { "exit status \(status)" }

    /// Runs a program, looked up in `PATH`, with standard error discarded.
    ///
    /// - Throws: an error of Foundation when no process could be made.
    static func running(_ command: [String], environment: [String: String]) async throws -> ProcessOutcome {
        try await withCheckedThrowingContinuation { continuation in
            // Reading to the end blocks, and must not take a thread of the concurrency pool.
            DispatchQueue.global().async {
                continuation.resume(with: Result { try runBlocking(command, environment: environment) })
            }
        }
    }

    private static func runBlocking(_ command: [String], environment: [String: String]) throws -> ProcessOutcome {
        let process = Process()
        let output = Pipe()
        // `env` does the search in PATH and answers 127 when there is no such program.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return ProcessOutcome(status: process.terminationStatus, output: bytes)
    }
}
