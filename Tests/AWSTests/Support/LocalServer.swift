import Foundation

/// Runs `Cases/transport/server.py` for as long as the value lives.
final class LocalServer: @unchecked Sendable {
    let port: Int
    private let process = Process()
    private let input = Pipe()

    /// Nil when there is no Python here.
    init?() {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", Cases.folder.appendingPathComponent("transport/server.py").path]
        process.standardInput = input
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else { return nil }
        self.port = port
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    static let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
}
