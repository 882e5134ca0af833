internal import Foundation

/// The commit of the repository that a configuration lives in, and whether the configuration's folder
/// differed from it.
public struct GitState: Codable, Sendable, Equatable {
    /// The commit that was checked out, 40 or 64 hexadecimal digits.
    public var commit: String
    /// Whether nothing below the configuration's folder differed from the commit.
    public var isClean: Bool

    private enum CodingKeys: String, CodingKey {
        case commit
        case isClean = "is_clean"
    }

    /// A commit and whether the folder was as committed.
    public init(commit: String, isClean: Bool) {
        self.commit = commit
        self.isClean = isClean
    }

    /// Asks the `git` command about a folder.
    ///
    /// - Returns: `nil` when git is not installed, the folder is in no repository, or the repository has no commit.
    public static func read(of folder: String, searchPath: String) -> GitState? {
        guard let git = executable(named: "git", searchPath: searchPath),
            let commit = output(of: git, ["-C", folder, "rev-parse", "--verify", "HEAD"])
        else { return nil }
        // The run folder itself is the tool's own output and says nothing about the configuration.
        let status = output(of: git, ["-C", folder, "status", "--porcelain", "--", ".", ":(exclude)run"])
        return GitState(commit: commit, isClean: status?.isEmpty ?? false)
    }

    private static func executable(named name: String, searchPath: String) -> String? {
        searchPath.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func output(of executable: String, _ arguments: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        // A hook or a pager of the user's git must not run, nor may git write an index for us.
        process.environment = ["GIT_OPTIONAL_LOCKS": "0", "PATH": "/usr/bin:/bin", "HOME": NSHomeDirectory()]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
